using CommandCenter.Geo;

namespace CommandCenter.Tests.Geo;

public sealed class DatumTests
{
    // Pairs that implementations of the shift agree on, in degrees.
    [TestCase(121.5272106, 31.1774276, 121.531541859215, 31.17530398364597)]
    [TestCase(113.912316, 22.543847, 113.9171764808363, 22.540796131694766)]
    [TestCase(116.377817, 39.911954, 116.38404722455657, 39.91334545536069)]
    public void ShiftsAsMapSuppliersDo(double longitude, double latitude, double shiftedLongitude, double shiftedLatitude)
    {
        var (x, y) = Gcj02.FromWgs84(longitude, latitude);
        Assert.That(x, Is.EqualTo(shiftedLongitude).Within(1e-7));
        Assert.That(y, Is.EqualTo(shiftedLatitude).Within(1e-7));
    }

    [Test]
    public void ComesBackWithinAMillimetreEverywhereInChina()
    {
        const double Millimetre = 1e-8;
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (longitude, latitude) = (75 + (random.NextDouble() * 58), 18 + (random.NextDouble() * 35));
            foreach (var (x, y) in (ReadOnlySpan<(double, double)>)[Back(Gcj02.FromWgs84, Gcj02.ToWgs84), Back(Bd09.FromWgs84, Bd09.ToWgs84)])
            {
                Assert.That(x, Is.EqualTo(longitude).Within(Millimetre));
                Assert.That(y, Is.EqualTo(latitude).Within(Millimetre));
            }

            (double, double) Back(Func<double, double, (double X, double Y)> there, Func<double, double, (double, double)> back)
            {
                var (x, y) = there(longitude, latitude);
                return back(x, y);
            }
        }
    }

    [Test]
    public void ShiftsNothingAbroad() => Assert.That(Gcj02.FromWgs84(2.35, 48.85), Is.EqualTo((2.35, 48.85)));

    [Test]
    public void ShiftsTaiyuanByHundredsOfMetres()
    {
        var (x, y) = Gcj02.FromWgs84(112.55, 37.86);
        Assert.That(Distance.Meters(1_125_500_000, 378_600_000, (int)(x * 1e7), (int)(y * 1e7)), Is.InRange(300, 900));
    }
}

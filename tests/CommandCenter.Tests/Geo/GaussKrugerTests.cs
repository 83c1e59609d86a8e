using CommandCenter.Geo;

namespace CommandCenter.Tests.Geo;

public sealed class GaussKrugerTests
{
    // gdaltransform -s_srs EPSG:4490 -t_srs EPSG:4547, the last one EPSG:4548.
    [TestCase(112.56, 37.86, 114, 373_277.8638, 4_192_936.1474)]
    [TestCase(112.4, 37.8, 114, 359_082.6594, 4_186_505.2216)]
    [TestCase(113.2, 38.1, 114, 429_829.0042, 4_218_900.0497)]
    [TestCase(112.5, 37.5, 114, 367_357.8729, 4_153_059.2612)]
    [TestCase(116.4, 39.9, 117, 448_688.8557, 4_418_598.0013)]
    public void IsWhatProjSays(double longitude, double latitude, int meridian, double east, double north)
    {
        var zone = GaussKruger.ZoneOf(meridian);

        var at = zone.Project(longitude, latitude);
        var back = zone.Unproject(at.East, at.North);

        Assert.Multiple(() =>
        {
            Assert.That(at.East, Is.EqualTo(east).Within(0.001));
            Assert.That(at.North, Is.EqualTo(north).Within(0.001));
            Assert.That(back.Longitude, Is.EqualTo(longitude).Within(1e-9));
            Assert.That(back.Latitude, Is.EqualTo(latitude).Within(1e-9));
        });
    }

    [TestCase(112.56, 114, 4547)]
    [TestCase(112.49, 111, 4546)]
    [TestCase(116.4, 117, 4548)]
    [TestCase(-71.0, -72, null)]
    public void TheZoneIsThatOfThePlace(double longitude, int meridian, int? epsg)
    {
        var zone = GaussKruger.ZoneOf(longitude);

        Assert.That((zone.Meridian, zone.Epsg), Is.EqualTo((meridian, epsg)));
    }

    [Test]
    public void ThePlaneIsWithinTwoCentimetresOfTheProjectionAndHasNoSeams()
    {
        var zone = GaussKruger.ZoneOf(112.56);
        var plane = new MetricPlane(zone);
        var random = new Random(5);
        var worst = 0.0;
        for (var n = 0; n < 5_000; n++)
        {
            var (longitude, latitude) = (1_124_000_000 + random.Next(3_000_000), 377_000_000 + random.Next(3_000_000));
            var (exact, near) = (zone.Project(longitude / 1e7, latitude / 1e7), plane.Project(longitude, latitude));
            worst = Math.Max(worst, Math.Max(Math.Abs(exact.East - near.East), Math.Abs(exact.North - near.North)));
        }

        Assert.That(worst, Is.LessThan(0.02));
        var (west, east) = (plane.Project(1_125_499_999, 378_612_345), plane.Project(1_125_500_000, 378_612_345));
        Assert.That(east.East - west.East, Is.EqualTo(0.0088).Within(0.0002), "1e-7°, in the next patch");
    }
}

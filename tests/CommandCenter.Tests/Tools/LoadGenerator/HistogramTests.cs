using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class HistogramTests
{
    [Test]
    public void SaysQuantilesWithinThreePercent()
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 100_000; i++)
        {
            histogram.Add(i);
        }

        Assert.That(histogram.Milliseconds(0.5), Is.EqualTo(50).Within(3).Percent);
        Assert.That(histogram.Milliseconds(0.99), Is.EqualTo(99).Within(3.2).Percent);
        Assert.That(histogram.Milliseconds(1), Is.GreaterThanOrEqualTo(100), "the largest is never made smaller");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(31)]
    [TestCase(32)]
    [TestCase(1_023)]
    [TestCase(86_400_000_000)]
    public void HoldsOneValueWhereItBelongs(long microseconds)
    {
        var histogram = new Histogram();
        histogram.Add(microseconds);
        Assert.That(histogram.Milliseconds(0.5), Is.InRange(microseconds / 1_000.0, (microseconds * 1.032 / 1_000) + 0.001));
    }

    [Test]
    public void TakesValuesThatCannotBe()
    {
        var histogram = new Histogram();
        histogram.Add(-5);
        histogram.Add(long.MaxValue);
        Assert.That((histogram.Count, histogram.Milliseconds(0.5)), Is.EqualTo((2L, (double?)0)));
    }

    [Test]
    public void HasNoQuantileWithoutValues() => Assert.That(new Histogram().Milliseconds(0.5), Is.Null);

    [Test]
    public void SaysWhatCameSinceACopy()
    {
        var histogram = new Histogram();
        histogram.Add(1_000_000);
        var before = histogram.Copy();
        histogram.Add(10);
        var since = histogram.Since(before);
        Assert.That((since.Count, since.Milliseconds(1)), Is.EqualTo((1L, (double?)0.01)));
    }
}

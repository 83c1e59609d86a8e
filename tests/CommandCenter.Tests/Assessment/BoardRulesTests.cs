using CommandCenter.Assessment.Boards;
using CommandCenter.Assessment.Scores;

namespace CommandCenter.Tests.Assessment;

public sealed class BoardRulesTests
{
    [Test]
    public void EqualTotalsShareARankAndWhoSharesTheLastPlaceIsOnTheBoard() => Assert.That(
        BoardRules.Of(new[] { 70.0, 90, 80, 80, 60, 70 }, total => total, 4).Select(one => (one.Rank, one.Item)),
        Is.EqualTo(new[] { (1, 90.0), (2, 80), (2, 80), (4, 70), (4, 70) }));

    [Test]
    public void AYearIsTheMeanOfItsMonthsForWhoHasMoreThanHalfOfThem()
    {
        Assert.That(BoardRules.Year([80, 90, 100], 5), Is.EqualTo(90));
        Assert.That(BoardRules.Year([100, 100], 4), Is.Null);
    }

    [Test]
    public void ADistributionHasAHundredInItsLastBucket()
    {
        var all = DistributionRules.Of([(100, "excellent"), (95, "excellent"), (0, "poor"), (null, null)]);
        Assert.That((all.Scored, all.Without, all.Median, all.Mean), Is.EqualTo((3, 1, (double?)95, (double?)65)));
        Assert.That(all.Buckets.Select(bucket => bucket.Count), Is.EqualTo(new[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 2 }));
        Assert.That(all.Bands.Select(band => (band.Band, band.Count)), Is.EqualTo(new[] { ("excellent", 2), ("poor", 1) }));
    }
}

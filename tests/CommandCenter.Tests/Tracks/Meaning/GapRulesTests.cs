using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks.Meaning;

public sealed class GapRulesTests
{
    [TestCase(1, 120)]
    [TestCase(5, 120)]
    [TestCase(30, 120)]
    [TestCase(60, 180)]
    [TestCase(120, 360)]
    [TestCase(290, 900)]
    [TestCase(600, 900)]
    public void AdaptsToWhatTheDeviceReportsUpToWhatEndsATrack(double interval, long seconds) =>
        Assert.That(Of(new Walks { IntervalSeconds = interval }.Rest(interval * 50).Fixes), Is.EqualTo(seconds * 1_000));

    [Test]
    public void NightsAndHolidaysAreNoInterval()
    {
        var fixes = new Walks { IntervalSeconds = 60 }.Rest(600).Silently(50_000, 0, 0).Rest(600).Silently(50_000, 0, 0).Rest(600).Fixes;

        Assert.That(Of(fixes), Is.EqualTo(180_000));
    }

    [Test]
    public void OneFixMoreDoesNotMoveIt()
    {
        var fixes = new Walks { IntervalSeconds = 60 }.Rest(3_000).Fixes;
        var one = fixes[7] with { FixTimeMs = fixes[7].FixTimeMs + 20_000 };

        Assert.That(Of([.. fixes[..8], one, .. fixes[8..]]), Is.EqualTo(Of(fixes)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(40)]
    public void ReadPieceByPieceItIsTheSame(int pieces)
    {
        var fixes = new Walks { IntervalSeconds = 60 }.Rest(1_000).Silently(50_000, 0, 0).Rest(600).Fixes;
        var intervals = new ReportingIntervals(new TrackMeaningOptions());
        foreach (var piece in fixes.Chunk(pieces))
        {
            intervals.Add(piece);
        }

        Assert.That(intervals.ThresholdMs, Is.EqualTo(Of(fixes)).And.EqualTo(180_000));
    }

    [Test]
    public void WithoutFixesItIsTheOption() => Assert.That(Of([]), Is.EqualTo(120_000));

    private static long Of(List<Fix> fixes) => GapRules.ThresholdMs(fixes.ToArray(), new TrackMeaningOptions());
}

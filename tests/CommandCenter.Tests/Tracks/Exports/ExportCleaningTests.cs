using CommandCenter.Tests.Tracks.Meaning;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Meaning;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Exports;

public sealed class ExportCleaningTests
{
    [Test]
    public void LeavesOutJumpsAndPlacesThatAreNone()
    {
        var walk = new Walks().To(600, 0).Fixes;
        for (var n = 40; n < 46; n++)
        {
            walk[n] = Walks.FixAt(n * 5, 250, 900);
        }

        walk[60] = walk[60] with { Flags = FixFlags.Mock };
        walk.Insert(71, walk[70] with { DeviceId = 8 });

        var clean = Clean(walk);

        Assert.That(clean.LeftOut, Is.EqualTo(new LeftOutFixes(NoPlace: 1, Duplicates: 1, Jumps: 6, Drift: 0)));
        Assert.That(clean.Fixes, Has.Count.EqualTo(walk.Count - 8));
        Assert.That(clean.Begins.Count(begins => begins), Is.EqualTo(1), "what is left out makes no gap of half a minute");
    }

    [Test]
    public void AHoursRestIsItsFirstAndItsLastFixAndNoGap()
    {
        var rest = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(3_600).To(600, 0);

        var clean = Clean(rest.Fixes);

        Assert.That(clean.LeftOut.Drift, Is.GreaterThan(680));
        Assert.That(clean.LeftOut.All, Is.EqualTo(clean.LeftOut.Drift));
        Assert.That(clean.Begins.Count(begins => begins), Is.EqualTo(1), "a rest is no silence");
    }

    [Test]
    public void ARestThatIsNoStopIsDriftAsInTheMeaning()
    {
        var wait = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(90).To(600, 0);

        var clean = Clean(wait.Fixes);

        Assert.That(wait.Meaning().Stops, Is.Empty);
        Assert.That(clean.LeftOut, Is.EqualTo(new LeftOutFixes(0, 0, 0, clean.LeftOut.Drift)));
        Assert.That(clean.LeftOut.Drift, Is.InRange(5, 16), "of eighteen");
        Assert.That(clean.Begins.Count(begins => begins), Is.EqualTo(1));
        Assert.That(LengthOf(clean.Fixes), Is.LessThan(LengthOf(wait.Fixes) - 10), "what it wandered while it waited");
    }

    [Test]
    public void AnSosAtRestStays()
    {
        var rest = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(3_600).To(600, 0).Fixes;
        rest[400] = rest[400] with { Flags = FixFlags.Sos };

        Assert.That(Clean(rest).Fixes, Has.Member(rest[400]));
    }

    [Test]
    public void ASilenceInARestStaysAGap()
    {
        var rest = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(1_800).Silently(600, 300, 0).Rest(1_800).To(600, 0);

        var clean = Clean(rest.Fixes);

        Assert.That(clean.Begins.Count(begins => begins), Is.EqualTo(2));
    }

    [Test]
    public void HoldsOnlyFixesThatWereAcceptedAndCountsTheOthers() => Prop.ForAll(CommandCenter.Tests.Tracks.Fixes.AnyList(3), any =>
    {
        List<Fix> fixes = [.. any];
        FixOrder.SortAndDeduplicate(fixes);

        var clean = Clean(fixes);

        Assert.That(clean.Fixes, Is.SubsetOf(fixes));
        Assert.That(clean.Fixes.Count + clean.LeftOut.All, Is.EqualTo(fixes.Count));
        Assert.That(clean.Fixes.Select(fix => fix.FixTimeMs), Is.Ordered.And.Unique);
        return true;
    }).QuickCheckThrowOnFailure();

    private static double LengthOf(List<Fix> fixes) => fixes.Zip(fixes.Skip(1)).Sum(
        leg => CommandCenter.Geo.Distance.Meters(leg.First.LongitudeE7, leg.First.LatitudeE7, leg.Second.LongitudeE7, leg.Second.LatitudeE7));

    private static CleanTrack Clean(List<Fix> fixes) => new ExportCleaning(new TrackMeaningOptions()).Clean(fixes);
}

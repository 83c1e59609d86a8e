using CommandCenter.Positions;
using CommandCenter.Positions.Log;
using CommandCenter.Tests.Positions.Live;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Positions;

public sealed class PendingTracksTests
{
    private readonly Clock _clock = new();

    [Test]
    public void GivesEveryFixBackInPiecesOfOneWorkerAndHourSortedByThem([Range(1, 10)] int seed)
    {
        var fixes = Some(seed);
        var pending = Pending(fixes);
        Assert.That(pending.Count, Is.EqualTo(fixes.Count));
        AssertHolds(pending, fixes);
        AssertHolds(pending, fixes);
    }

    [Test]
    public void HoldsNothingOfWhatWasStored()
    {
        var pending = Pending(Some(1));
        var end = pending.End;
        pending.Restart();
        Assert.That((pending.Count, pending.Workers, pending.Stored), Is.EqualTo((0, 0, end)));
        Assert.That(pending.Pieces(), Is.Empty);
        var more = Some(2);
        pending.Add(Read(more));
        AssertHolds(pending, more);
    }

    [Test]
    public void PassesSignsOfLifeOver()
    {
        var pending = Pending([At(7, Fixes.Noon) with { Flags = FixFlags.Heartbeat }]);
        Assert.That(pending.Count, Is.Zero);
        Assert.That(pending.End, Is.Not.EqualTo(pending.Stored));
    }

    [Test]
    public void TakesTimesThatNoPhoneShouldSend()
    {
        List<Fix> fixes = [At(7, Fixes.Noon), At(7, 0), At(3, long.MaxValue / 4), At(100_000, -5), At(100_000, Fixes.Noon), At(3, Fixes.Noon)];
        AssertHolds(Pending(fixes), fixes);
    }

    private static void AssertHolds(PendingTracks pending, List<Fix> fixes)
    {
        var pieces = pending.Pieces().ToList();
        Assert.That(pieces, Is.Ordered.By(nameof(TrackPiece.WorkerId)).Then.By(nameof(TrackPiece.HourMs)));
        var stored = new List<Fix>();
        foreach (var piece in pieces)
        {
            var from = stored.Count;
            TrackCodec.Decode(piece.Body, stored);
            Assert.That(stored[from..], Has.All.Matches<Fix>(fix => fix.WorkerId == piece.WorkerId && TrackPiece.HourOf(fix.FixTimeMs) == piece.HourMs));
        }

        Assert.That(stored, Is.EquivalentTo(fixes.GroupBy(fix => (fix.WorkerId, fix.DeviceId, fix.FixTimeMs)).Select(same => same.Order(Comparer<Fix>.Create((a, b) => FixOrder.Compare(a, b))).First())));
    }

    private PendingTracks Pending(List<Fix> fixes)
    {
        var pending = new PendingTracks(LogPosition.Start, _clock);
        pending.Add(Read(fixes));
        return pending;
    }

    private static LogRead Read(List<Fix> fixes)
    {
        var read = new LogRead { Position = LogPosition.Parse("5-1") };
        read.Fixes.AddRange(fixes);
        return read;
    }

    private static List<Fix> Some(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3_000).Select(_ => At(random.Next(1, 200_000) / 1_000 * 700, Fixes.Noon - random.Next(20_000_000), random.Next()))];
    }

    private static Fix At(int worker, long ms, int place = 0) => new()
    {
        DeviceId = worker + 1,
        WorkerId = worker,
        FixTimeMs = ms,
        LongitudeE7 = 1_125_000_000 + (place % 1_000),
        LatitudeE7 = 378_000_000,
        SpeedCmps = Fix.UnknownSpeed,
        HeadingDeci = 900,
        AccuracyDm = 50,
        AltitudeM = Fix.UnknownAltitude,
        BatteryPercent = 77,
    };
}

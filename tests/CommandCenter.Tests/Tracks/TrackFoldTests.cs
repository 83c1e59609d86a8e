using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackFoldTests
{
    [Test]
    public void AnyArrivalOrderAndAnyScheduleOfFoldingGiveTheSameSegmentByteForByte() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var whole = TrackPiece.From([.. fixes]);
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            TrackPiece? segment = null;
            var waiting = new List<FoldPart>();
            foreach (var piece in Fixes.Shuffled(fixes, seed).Chunk(1 + seed))
            {
                waiting.Add(new FoldPart(3, TrackPiece.From([.. piece]).Body));
                if (random.Next(3) == 0)
                {
                    segment = Fold(segment, waiting);
                }
            }

            segment = waiting.Count > 0 || segment is null ? Fold(segment, waiting) : segment;
            if (!segment.Body.AsSpan().SequenceEqual(whole.Body) || segment with { Body = whole.Body } != whole)
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void FoldingAgainChangesNothing() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var once = TrackPiece.From([.. fixes]);
        return TrackFold.Merge([new FoldPart(3, once.Body), new FoldPart(3, once.Body)]).Single().Body.AsSpan().SequenceEqual(once.Body);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void EachWorkerHasASegmentOfItsOwn()
    {
        var merged = TrackFold.Merge([Part(9, 0), Part(2, 5), Part(9, 3)]);

        Assert.That(merged.Select(segment => (segment.WorkerId, segment.Count)), Is.EqualTo(new[] { (2, 1), (9, 2) }));
    }

    [Test]
    public void ABatchIsOfOneHourAndOfAtMostSoManyFixes()
    {
        DueHour[] due = [new(1, 1, 60), new(1, 2, 60), new(1, 3, 30), new(2, 1, 10), new(2, 2, 500), new(2, 3, 1)];

        var batches = TrackFold.Batches(due, 100).Select(batch => string.Join(' ', batch.Select(hour => $"{hour.HourMs}/{hour.WorkerId}")));

        Assert.That(batches, Is.EqualTo(new[] { "1/1", "1/2 1/3", "2/1", "2/2", "2/3" }));
    }

    [TestCase(0L, "track_segments_19700101")]
    [TestCase(-1L, "track_segments_19691231")]
    [TestCase(Fixes.Noon, "track_segments_20260921")]
    public void AMomentHasThePartitionOfItsDay(long ms, string name) => Assert.That(TrackPartitions.NameOf(TrackPartitions.DayOf(ms)), Is.EqualTo(name));

    private static TrackPiece Fold(TrackPiece? segment, List<FoldPart> waiting)
    {
        var folded = TrackFold.Merge(segment is null ? waiting : waiting.Append(new FoldPart(segment.WorkerId, segment.Body))).Single();
        waiting.Clear();
        return folded;
    }

    private static FoldPart Part(int worker, long seconds) => new(worker, TrackPiece.From([Fixes.At(Fixes.Noon + (seconds * 1000), worker: worker)]).Body);
}

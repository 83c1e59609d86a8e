using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks;

public sealed class TrackMergeTests
{
    private static readonly long Hour = TrackPiece.HourOf(Fixes.Noon);

    [Test]
    public void WhateverPiecesAndLogHoldTheTracksAreAllFixesOfTheIntervalOnceInOrderAndDoNotOverlap() => Prop.ForAll(Fixes.AnyList(3), fixes =>
    {
        var whole = fixes.ToList();
        FixOrder.SortAndDeduplicate(whole);
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            var (from, to) = (Fixes.Noon + random.Next(20_000), Fixes.Noon + 20_000 + random.Next(25_000));
            var pieces = Fixes.Shuffled(fixes, seed).Chunk(1 + random.Next(12)).Select(some => Part(TrackPiece.From([.. some]))).ToList();
            var log = pieces.Where(_ => random.Next(3) == 0).SelectMany(Decoded).Where(fix => fix.FixTimeMs >= from && fix.FixTimeMs < to).ToList();
            pieces.RemoveAll(piece => random.Next(2) == 0 && Decoded(piece).TrueForAll(fix => fix.FixTimeMs < from || fix.FixTimeMs >= to || log.Contains(fix)));
            FixOrder.SortAndDeduplicate(log);

            var tracks = Merged([.. pieces.OrderBy(piece => piece.FirstMs)], log, from, to);

            var told = tracks.SelectMany(track => track).ToList();
            if (!told.SequenceEqual(whole.Where(fix => fix.FixTimeMs >= from && fix.FixTimeMs < to))
                || tracks.Zip(tracks.Skip(1)).Any(pair => pair.First[^1].FixTimeMs >= pair.Second[0].FixTimeMs))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AWholeStoredHourIsPassedOnAsItIs()
    {
        var part = Part(Walk(0, 50));
        byte[]? given = null;
        new TrackMerge(Hour, Hour + 3_600_000).Give([part], [], (body, _) => given = body);

        Assert.That(given, Is.SameAs(part.Body));
    }

    [Test]
    public void PiecesAfterOneAnotherArePassedOnAndWhatTheLogHasBetweenStandsBetween()
    {
        var given = new List<(byte[] Body, int Fixes)>();
        TrackPiece first = Walk(0, 10), second = Walk(30, 10);
        new TrackMerge(Hour, Hour + 3_600_000).Give(
            [Part(first), Part(second)], [Fixes.At(Hour + 20_000), Fixes.At(Hour + 60_000)], (body, fixes) => given.Add((body, fixes)));

        Assert.That(given.Select(track => track.Fixes), Is.EqualTo(new[] { 10, 1, 10, 1 }));
        Assert.That(given[0].Body, Is.SameAs(first.Body));
        Assert.That(given[2].Body, Is.SameAs(second.Body));
    }

    [Test]
    public void MoreFixesThanATrackMayHaveAreSeveralTracks()
    {
        var many = Enumerable.Range(0, 20_000).Select(n => Fixes.At(Hour + (n * 100L), device: 1 + (n % 2))).ToList();
        var tracks = Merged([], many, Hour, Hour + 3_600_000);

        Assert.That(tracks.Select(track => track.Count), Is.EqualTo(new[] { 8_000, 8_000, 4_000 }));
        Assert.That(tracks.SelectMany(track => track), Is.EqualTo(many));
    }

    [Test]
    public void ADamagedPartIsLeftOutAndToldAndTheOthersAreGiven()
    {
        TrackPart first = Part(Walk(0, 10)), second = Part(Walk(5, 10)), third = Part(Walk(30, 10));
        foreach (var body in (byte[][])[[], [9, 1], second.Body[..^3], [.. second.Body[..8], 0xff]])
        {
            var damaged = new List<TrackPart>();
            var given = new List<int>();
            new TrackMerge(Hour, Hour + 3_600_000, damaged.Add).Give([first, second with { Body = body }, third with { Body = body }], [], (_, fixes) => given.Add(fixes));

            Assert.That(given, Is.EqualTo(new[] { 10 }), "what overlaps is decoded, what stands alone is looked at");
            Assert.That(damaged.Select(part => part.FirstMs), Is.EqualTo(new[] { second.FirstMs, third.FirstMs }));
        }
    }

    [Test]
    public void ABodyOfSomebodyElseIsDamaged()
    {
        var strange = Part(TrackPiece.From([Fixes.At(Hour, worker: 4)])) with { WorkerId = 3 };
        var damaged = 0;
        new TrackMerge(Hour, Hour + 3_600_000, _ => damaged++).Give([strange], [], (_, _) => Assert.Fail("It would be told as another's."));
        new TrackMerge(Hour - 1, Hour, _ => damaged++).Give([strange], [], (_, _) => Assert.Fail("Nor where it is decoded."));

        Assert.That(damaged, Is.EqualTo(2));
    }

    private static List<List<Fix>> Merged(IReadOnlyList<TrackPart> parts, List<Fix> log, long from, long to)
    {
        var tracks = new List<List<Fix>>();
        new TrackMerge(from, to).Give(parts, log.ToArray(), (body, fixes) =>
        {
            var track = new List<Fix>();
            TrackCodec.Decode(body, track);
            Assert.That(track, Has.Count.EqualTo(fixes));
            tracks.Add(track);
        });
        return tracks;
    }

    private static List<Fix> Decoded(TrackPart part)
    {
        var fixes = new List<Fix>();
        TrackCodec.Decode(part.Body, fixes);
        return fixes;
    }

    private static TrackPiece Walk(int second, int fixes) =>
        TrackPiece.From([.. Enumerable.Range(second, fixes).Select(n => Fixes.At(Hour + (n * 1000L), 112.56 + (n * 1e-5)))]);

    private static TrackPart Part(TrackPiece piece) => new(piece.WorkerId, piece.HourMs, piece.FirstMs, piece.LastMs, piece.Count, piece.Body);
}

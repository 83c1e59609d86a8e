using CommandCenter.Tracks;
using CommandCenter.Tracks.Exports;

namespace CommandCenter.Tests.Tracks.Exports;

public sealed class StretchCutterTests
{
    [Test]
    public void ASilenceAsLongAsTheThresholdIsNoGapYet() => Assert.That(Lengths(100, 120_000, 0, 120_000, 240_001), Is.EqualTo(new[] { 2, 1 }));

    [Test]
    public void ItDoesNotMatterInWhatPiecesTheFixesCome()
    {
        var fixes = Enumerable.Range(0, 40).Select(n => Fixes.At(Fixes.Noon + (n * n * 1_000))).ToList();
        var whole = Cut(fixes, 40);
        foreach (var size in (int[])[1, 7, 13])
        {
            var cutter = new StretchCutter(ExportedFixes.Worker(3, "W", "W"));
            var parts = fixes.Chunk(size).SelectMany(part => cutter.Add(part, 30_000)).ToList();
            parts.AddRange(cutter.End());
            Assert.That(parts.Select(part => (part.Number, part.Fixes[0].FixTimeMs, part.Fixes.Count)), Is.EqualTo(whole.Select(part => (part.Number, part.Fixes[0].FixTimeMs, part.Fixes.Count))));
        }

        static List<Stretch> Cut(List<Fix> fixes, int most)
        {
            var cutter = new StretchCutter(ExportedFixes.Worker(3, "W", "W"), most);
            return [.. cutter.Add(fixes, 30_000), .. cutter.End()];
        }
    }

    [Test]
    public void AVeryLongStretchIsCutSoThatMemoryStaysFlat() => Assert.That(Lengths(2, 120_000, 0, 1, 2, 3, 4), Is.EqualTo(new[] { 2, 2, 1 }));

    [Test]
    public void SignsOfLifeWithoutAPlaceAreLeftOut()
    {
        var cutter = new StretchCutter(ExportedFixes.Worker(3, "W", "W"));
        Fix[] fixes = [Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 1) with { Flags = FixFlags.Heartbeat }];
        Assert.That(cutter.Add(fixes, 1_000).Concat(cutter.End()).Single().Fixes, Has.Count.EqualTo(1));
    }

    private static int[] Lengths(int most, long gapMs, params long[] times)
    {
        var cutter = new StretchCutter(ExportedFixes.Worker(3, "W", "W"), most);
        var fixes = times.Select(ms => Fixes.At(Fixes.Noon + ms)).ToList();
        return [.. cutter.Add(fixes, gapMs).Concat(cutter.End()).Select(stretch => stretch.Fixes.Count)];
    }
}

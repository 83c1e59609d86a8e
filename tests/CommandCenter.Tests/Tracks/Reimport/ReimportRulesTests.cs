using CommandCenter.Tracks;
using CommandCenter.Tracks.Reimport;

namespace CommandCenter.Tests.Tracks.Reimport;

public sealed class ReimportRulesTests
{
    [Test]
    public void OnlyWhatIsMissingIsPutBackAndWhatIsStoredOtherwiseStays()
    {
        Fix[] stored = [Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 2_000), Fixes.At(Fixes.Noon + 9_000)];
        Fix[] asked =
        [
            Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 1_000), Fixes.At(Fixes.Noon + 1_000, device: 8), Fixes.At(Fixes.Noon + 2_000, longitude: 112.57), Fixes.At(Fixes.Noon + 10_000),
        ];
        var (missing, counts) = (new List<Fix>(), new ReimportCounts());

        ReimportRules.Missing(asked, stored, missing, counts);

        Assert.That(missing, Is.EqualTo(new[] { asked[1], asked[2], asked[4] }));
        Assert.That((counts.Present, counts.Differing), Is.EqualTo((1, 1)));
    }

    [TestCase(9, false)]
    [TestCase(10, true)]
    [TestCase(19, true)]
    [TestCase(20, false)]
    [TestCase(35, true)]
    public void ASpanThatIsHeldBeginsAtItsFirstMomentAndIsOverAtItsLast(long ms, bool held) => Assert.That(ReimportRules.Holds([(10, 20), (30, 40)], ms), Is.EqualTo(held));

    [Test]
    public void ABatchHoldsNoMoreFixesAndNoMoreHoursThanAllowed()
    {
        var lines = Enumerable.Range(0, 100).Select(n => new FixLine(n, n < 50 ? "A" : "B", Fixes.At(Fixes.Noon + (n * 600_000L)))).ToList();

        var byFixes = ReimportLimits.Batches(lines, 30).ToList();
        var byHours = ReimportLimits.Batches(lines, 1_000, 3).ToList();

        Assert.That(byFixes.Select(batch => batch.Count), Is.EqualTo(new[] { 30, 30, 30, 10 }));
        Assert.That(byHours.Select(batch => batch.Select(line => (line.Worker, TrackPiece.HourOf(line.Fix.FixTimeMs))).Distinct().Count()), Is.All.LessThanOrEqualTo(3));
        Assert.That(byFixes.SelectMany(batch => batch), Is.EqualTo(lines));
        Assert.That(byHours.SelectMany(batch => batch), Is.EqualTo(lines));
    }

    [Test]
    public void AFileOfManyStrangersIsToldInFewWords()
    {
        var counts = new ReimportCounts();
        for (var n = 0; n < 1_000; n++)
        {
            counts.Refuse($"W-{n}", ReimportCounts.UnknownWorker, n);
        }

        var refused = counts.ToReport().Refused;
        Assert.That(refused, Has.Count.LessThanOrEqualTo(201));
        Assert.That(refused.Sum(one => one.Fixes), Is.EqualTo(1_000));
    }
}

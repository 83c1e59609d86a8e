using CommandCenter.Geo;
using CommandCenter.Positions.Live;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Positions.Live;

public sealed class MarkerRulesTests
{
    private const double FarAway = 112.70;

    [Test]
    public void NewestFixWins()
    {
        var marker = MarkerOf(Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 5_000, 112.5601));

        Assert.That(marker?.FixTimeMs, Is.EqualTo(Fixes.Noon + 5_000));
    }

    [Test]
    public void AJumpWaitsForASecondFix()
    {
        var before = Fixes.At(Fixes.Noon);
        var jump = Fixes.At(Fixes.Noon + 5_000, FarAway);
        var second = Fixes.At(Fixes.Noon + 10_000, FarAway + 0.0001);

        Assert.Multiple(() =>
        {
            Assert.That(MarkerOf(before, jump), Is.EqualTo(before));
            Assert.That(MarkerOf(before, jump, second), Is.EqualTo(second));
        });
    }

    [Test]
    public void ASingleOutlierNeverShows()
    {
        var before = Fixes.At(Fixes.Noon);
        var outlier = Fixes.At(Fixes.Noon + 5_000, FarAway);
        var after = Fixes.At(Fixes.Noon + 10_000, 112.5602);

        Assert.That(MarkerOf(before, outlier, after), Is.EqualTo(after));
    }

    [Test]
    public void APhoneThatJumpsEveryTimeIsNotFrozen()
    {
        var newest = Fixes.At(Fixes.Noon + 10_000, 112.4);

        Assert.That(MarkerOf(Fixes.At(Fixes.Noon), Fixes.At(Fixes.Noon + 5_000, FarAway), newest), Is.EqualTo(newest));
    }

    [Test]
    public void ALongWayInALongTimeIsNoJump()
    {
        var later = Fixes.At(Fixes.Noon + 1_200_000, FarAway);

        Assert.That(MarkerOf(Fixes.At(Fixes.Noon), later), Is.EqualTo(later));
    }

    [Test]
    public void AnyOrderAndRepetitionGivesTheSameMarker() => Prop.ForAll(Fixes.AnyList(3), fixes =>
        MarkerOf(fixes) == MarkerOf(Fixes.Shuffled(fixes.Concat(fixes), fixes.Length * 31))).QuickCheckThrowOnFailure();

    [Test]
    public void FixesAgreeWhereTheGreatCircleIsWithinReachAndNowhereElse([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var a = Fixes.At(Fixes.Noon) with { LatitudeE7 = random.Next(-900_000_000, 900_000_001), LongitudeE7 = random.Next(-1_800_000_000, 1_800_000_001) };
            var reach = 1 << random.Next(24);
            var b = a with
            {
                FixTimeMs = a.FixTimeMs + random.Next(20_000),
                LatitudeE7 = (int)Math.Clamp((long)a.LatitudeE7 + random.Next(-reach, reach), -900_000_000, 900_000_000),
                LongitudeE7 = (int)Math.Clamp((long)a.LongitudeE7 + random.Next(-reach, reach), -1_800_000_000, 1_800_000_000),
            };
            var within = (MarkerRules.PlausibleMps * (b.FixTimeMs - a.FixTimeMs) / 1000.0) + MarkerRules.SlackMeters + (a.AccuracyMeters ?? 0) + (b.AccuracyMeters ?? 0);
            Assert.That(MarkerRules.Agree(a, b), Is.EqualTo(Distance.Meters(a.LongitudeE7, a.LatitudeE7, b.LongitudeE7, b.LatitudeE7) <= within));
        }
    }

    private static Fix? MarkerOf(params Fix[] fixes)
    {
        var newest = new Fix[MarkerRules.Kept];
        byte count = 0;
        foreach (var fix in fixes)
        {
            MarkerRules.Keep(newest, ref count, fix);
        }

        var marker = MarkerRules.Pick(newest.AsSpan(0, count));
        return marker < 0 ? null : newest[marker];
    }
}

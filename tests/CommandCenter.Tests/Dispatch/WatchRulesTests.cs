using CommandCenter.Alarms;
using CommandCenter.Contracts.Wall;
using CommandCenter.Dispatch.Watching;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Dispatch;

public sealed class WatchRulesTests
{
    private const long Start = 1_780_000_000_000;

    private static readonly WatchingOptions All = new() { LeftGridMinutes = 10, StationaryMinutes = 60 };

    [Test]
    public void AWalkAlongTheBorderIsAtMostOneAlarm() => Prop.ForAll(Gen.Choose(0, 1).ArrayOf(240).ToArbitrary(), sides =>
    {
        // A look every minute for four hours, inside or outside by chance, never two minutes inside.
        var sidesOfWalk = sides.Select((side, n) => side == 1 || (n > 0 && sides[n - 1] == 0)).ToList();
        return Raised(sidesOfWalk.Select((outside, n) => Seen(n) with { IsOutside = outside })).Count(kind => kind == AlarmKind.LeftGrid) <= 1;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void LeavingIsRaisedOnceItHasLasted() => Assert.Multiple(() =>
    {
        Assert.That(Raised(Minutes(0, 10, outside: true)), Is.Empty);
        Assert.That(Raised(Minutes(0, 11, outside: true)), Is.EqualTo(new[] { AlarmKind.LeftGrid }));
        Assert.That(Raised(Minutes(0, 60, outside: true)), Is.EqualTo(new[] { AlarmKind.LeftGrid }));
    });

    [Test]
    public void WhoWasBackForAWhileAndLeavesAgainIsAnotherAlarm() => Assert.Multiple(() =>
    {
        Assert.That(Raised([.. Minutes(0, 15, outside: true), .. Minutes(15, 16, outside: false), .. Minutes(16, 40, outside: true)]), Has.Count.EqualTo(1), "back for a moment");
        Assert.That(Raised([.. Minutes(0, 15, outside: true), .. Minutes(15, 20, outside: false), .. Minutes(20, 40, outside: true)]), Has.Count.EqualTo(2));
    });

    [Test]
    public void NothingHeardIsNeitherInsideNorOutside() =>
        Assert.That(Raised([.. Minutes(0, 5, outside: true), .. Minutes(5, 60, outside: true).Select(seen => seen with { IsFresh = false })]), Is.Empty);

    [Test]
    public void ABatteryAtItsBoundIsOneAlarm()
    {
        int[] percents = [12, 10, 11, 10, 9, 12, 10, 19, 10, 20, 15, 10];

        Assert.That(Raised(percents.Select((percent, n) => Seen(n) with { BatteryPercent = percent })), Is.EqualTo(new[] { AlarmKind.LowBattery, AlarmKind.LowBattery }));
    }

    [Test]
    public void WhoStaysIsStationaryAndWhoMovesIsNot()
    {
        var stays = Enumerable.Range(0, 62).Select(n => Seen(n) with { LongitudeE7 = 1_125_000_000 + (n % 3 * 1_000) });
        var moves = Enumerable.Range(0, 62).Select(n => Seen(n) with { LongitudeE7 = 1_125_000_000 + (n * 2_000) });

        Assert.That(Raised(stays), Is.EqualTo(new[] { AlarmKind.Stationary }));
        Assert.That(Raised(moves), Is.Empty);
    }

    [Test]
    public void OnlyWhoIsUnderWayIsMissed()
    {
        var lost = Seen(0) with { Presence = Presence.Lost };

        Assert.Multiple(() =>
        {
            Assert.That(Raised([lost]), Is.Empty);
            Assert.That(Raised([lost with { IsUnderWay = true }, lost with { IsUnderWay = true, NowMs = Start + 5_000 }]), Is.EqualTo(new[] { AlarmKind.LostContact }));
        });
    }

    [Test]
    public void OffDutyNobodyIsWatched() =>
        Assert.That(Raised(Minutes(0, 120, outside: true).Select(seen => seen with { OnDuty = false, BatteryPercent = 1, IsUnderWay = true, Presence = Presence.Lost })), Is.Empty);

    [Test]
    public void WhatWatchesWhereAndHowLongIsOffUnlessSwitchedOn()
    {
        var usual = new WatchingOptions();

        Assert.That((usual.LeftGridMinutes, usual.StationaryMinutes), Is.EqualTo((0, 0)));
        Assert.That(Raised(Minutes(0, 300, outside: true), usual), Is.Empty);
    }

    private static List<AlarmKind> Raised(IEnumerable<Watched> looks, WatchingOptions? options = null)
    {
        var (state, all) = (default(WatchState), new List<AlarmKind>());
        foreach (var look in looks)
        {
            (state, var raised) = WatchRules.Look(state, look, options ?? All);
            all.AddRange(raised);
        }

        return all;
    }

    private static IEnumerable<Watched> Minutes(int from, int to, bool outside) => Enumerable.Range(from, to - from).Select(n => Seen(n) with { IsOutside = outside });

    /// <summary>Somebody who walks, so that nobody is stationary by accident.</summary>
    private static Watched Seen(int minute) => new(
        Start + (minute * 60_000L), true, Presence.Moving, true, 1_125_000_000 + (minute * 3_000), 378_000_000, 5, 80, false, IsUnderWay: false);
}

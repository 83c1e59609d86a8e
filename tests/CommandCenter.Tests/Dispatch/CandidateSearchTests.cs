using CommandCenter.Contracts.Dispatch;
using CommandCenter.Contracts.Wall;
using CommandCenter.Dispatch;
using CommandCenter.Dispatch.Candidates;
using CommandCenter.Streets;
using CommandCenter.Tests.Streets;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Dispatch;

public sealed class CandidateSearchTests
{
    private const long Now = 1_780_000_000_000;

    private static readonly DispatchOptions Options = new();

    [Test]
    public void TheNearestByTheStreetsComesFirst()
    {
        var ranking = Rank([Somebody(1, 8, 0), Somebody(2, 9, 2), Somebody(3, 10, 10)], PlaceAt(7, 0));

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(ranking.ByStreets, Is.True);
        });
    }

    [Test]
    public void WhoeverIsNearButAcrossTheRiverComesAfterWhoeverNeedNotCrossIt()
    {
        var options = new DispatchOptions { Candidates = 1 };
        var ranking = Rank([Somebody(1, 5, 0), Somebody(2, 8, 3)], PlaceAt(6, 0), options: options);

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 2 }));
            Assert.That(ranking.PassedOver.Select(fact => (fact.Slot, fact.Reason)), Is.EqualTo(new[] { (1, PassedOverFor.LongWay) }));
            Assert.That(ranking.PassedOver[0].Value, Is.GreaterThan(2_000), "metres to go");
        });
    }

    [Test]
    public void ThereIsNoWayWhereTheBridgeIsMissing()
    {
        var apart = new StreetNetwork([StreetWorld.Line(StreetClass.Path, null, (0, 0), (0, 5)), StreetWorld.Line(StreetClass.Path, null, (1, 0), (1, 5))]);
        var ranking = Rank([Somebody(1, 0, 2), Somebody(2, 1, 5)], PlaceAt(1, 2), streets: apart);

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 2 }));
            Assert.That(ranking.PassedOver.Single().Reason, Is.EqualTo(PassedOverFor.NoWay));
        });
    }

    [Test]
    public void EachWhoCannotGoIsPassedOverWithTheReason()
    {
        var place = PlaceAt(2, 2) with { RaisedBy = 1 };
        var people = new[]
        {
            Somebody(1, 2, 2),
            Somebody(2, 2, 2) with { Presence = Presence.OffDuty },
            Somebody(3, 2, 2) with { FixTimeMs = 0 },
            Somebody(4, 2, 2) with { Presence = Presence.Lost },
            Somebody(5, 2, 2) with { FixTimeMs = Now - 240_000 },
            Somebody(6, 2, 2) with { AccuracyMeters = 900 },
            Somebody(7, 2, 2),
            Somebody(8, 3, 2),
        };

        var ranking = Rank(people, place, assigned: 7);

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 8 }));
            Assert.That(ranking.Counts, Is.EquivalentTo(new Dictionary<PassedOverFor, int>
            {
                [PassedOverFor.RaisedIt] = 1,
                [PassedOverFor.OffDuty] = 1,
                [PassedOverFor.NoPosition] = 1,
                [PassedOverFor.Lost] = 1,
                [PassedOverFor.OldPosition] = 1,
                [PassedOverFor.Inaccurate] = 1,
                [PassedOverFor.Assigned] = 1,
            }));
            Assert.That(ranking.PassedOver.Single(fact => fact.Slot == 5).Value, Is.EqualTo(240), "seconds old");
        });
    }

    [Test]
    public void AnOldFixALowBatteryAndAWeakSignalCostSeconds()
    {
        var ranking = Rank([Somebody(1, 2, 3) with { FixTimeMs = Now - 150_000, BatteryPercent = 9, Presence = Presence.Stale }, Somebody(2, 2, 5)], PlaceAt(2, 2));

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 2, 1 }));
            Assert.That(ranking.Ranked[1].Reasons.Select(reason => (reason.Kind, reason.Seconds)).Skip(1), Is.EqualTo(new[] { ("oldFix", 120), ("weakSignal", 90), ("lowBattery", 120) }));
            Assert.That(ranking.Ranked[1].Score, Is.EqualTo(ranking.Ranked[1].EtaSeconds + 330).Within(1e-6));
        });
    }

    [Test]
    public void WhoWentOftenOfLateIsAskedAfterOthersAsNearButNotForEver()
    {
        var ranking = Rank([Somebody(1, 2, 3) with { Load = 2 }, Somebody(2, 2, 3.1), Somebody(3, 2, 3) with { Load = 40 }], PlaceAt(2, 2));

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 2, 1, 3 }));
            Assert.That(ranking.Ranked[1].Reasons[^1], Is.EqualTo(new CandidateReason("load", 2, 2 * Options.LoadSeconds)));
            Assert.That(ranking.Ranked[2].Reasons[^1], Is.EqualTo(new CandidateReason("load", 40, 5 * Options.LoadSeconds)));
        });
    }

    [Test]
    public void OnlyWhoHasAllSkillsAskedForGoes()
    {
        var people = new[] { Somebody(1, 2, 3) with { Skills = ["急救"] }, Somebody(2, 2, 4) with { Skills = ["消防", "急救"] }, Somebody(3, 2, 2) };

        var ranking = Rank(people, PlaceAt(2, 2) with { Skills = ["急救", "消防"] });

        Assert.Multiple(() =>
        {
            Assert.That(Slots(ranking), Is.EqualTo(new[] { 2 }));
            Assert.That(ranking.PassedOver.Select(fact => (fact.Slot, fact.Reason)), Is.EqualTo(new[] { (3, PassedOverFor.LacksSkill), (1, PassedOverFor.LacksSkill) }));
        });
    }

    [Test]
    public void WithoutStreetsTheStraightLineTimesAFactorServes()
    {
        var ranking = Rank([Somebody(1, 2, 4)], PlaceAt(2, 2), streets: StreetNetwork.Empty);

        Assert.Multiple(() =>
        {
            Assert.That(ranking.ByStreets, Is.False);
            Assert.That(ranking.Ranked[0].Meters, Is.EqualTo(ranking.Ranked[0].StraightMeters * Options.DetourFactor).Within(1e-6));
        });
    }

    [Test]
    public void LookingOnlyAtTheNearestGivesWhatLookingAtAllWould() => Prop.ForAll(Crowd(), people =>
    {
        var few = Rank(people, PlaceAt(4, 4), options: new DispatchOptions { Candidates = 3 });
        var all = Rank(people, PlaceAt(4, 4), options: new DispatchOptions { Candidates = 100 });
        return Slots(few).SequenceEqual(Slots(all).Take(3))
            && few.Ranked.Count + few.Counts.Values.Sum() == people.Length
            && few.Ranked.Zip(few.Ranked.Skip(1)).All(pair => pair.First.Score <= pair.Second.Score);
    }).QuickCheckThrowOnFailure();

    private static CandidateRanking Rank(
        IReadOnlyList<CandidateFacts> people, CandidatePlace place, int? assigned = null, StreetNetwork? streets = null, DispatchOptions? options = null) =>
        CandidateSearch.Rank(people, place, slot => slot == assigned ? PassedOverFor.Assigned : PassedOverFor.None, streets ?? StreetWorld.Town, options ?? Options);

    private static IEnumerable<int> Slots(CandidateRanking ranking) => ranking.Ranked.Select(candidate => candidate.Facts.Slot);

    private static CandidatePlace PlaceAt(double column, double row)
    {
        var (longitude, latitude) = StreetWorld.At(column, row);
        return new CandidatePlace((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7), null, Now);
    }

    private static CandidateFacts Somebody(int slot, double column, double row)
    {
        var place = PlaceAt(column, row);
        return new CandidateFacts(slot, Presence.Still, place.LongitudeE7, place.LatitudeE7, Now - 5_000, 8, 0, 80, IsReserve: false, OnHomeGround: false);
    }

    private static FsCheck.Arbitrary<CandidateFacts[]> Crowd() => (
        from places in Gen.Choose(0, 100).Two().ArrayOf()
        from traits in Gen.Choose(0, 255).ArrayOf(places.Length)
        select places.Select((place, slot) => Somebody(slot, place.Item1 / 10.0, place.Item2 / 10.0) with
        {
            OnHomeGround = (traits[slot] & 1) != 0,
            SpeedMps = (traits[slot] & 2) != 0 ? 4 : 0,
            Presence = (traits[slot] & 12) == 0 ? Presence.Stale : Presence.Moving,
            IsReserve = (traits[slot] & 16) != 0,
            FixTimeMs = Now - ((traits[slot] & 96) * 2_500),
            Load = traits[slot] >> 6,
        }).ToArray()).ToArbitrary();
}

using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

/// <summary>What must hold in every simulated district, watched for hours without a network.</summary>
internal sealed class SimulatedDistrictTests
{
    private const int Hour = 3_600;
    private WaterBodies _water = null!;
    private StreetGraph _town = null!;

    [SetUp]
    public void Build() => _town = Streets.RiverTown(out _water);

    [Test]
    public void NobodyWalksThroughTheRiver()
    {
        var banks = new HashSet<bool>();
        foreach (var worker in Workers(80))
        {
            foreach (var (longitude, latitude) in Places(worker, Hour, everySeconds: 3))
            {
                if (_water.Holds(longitude, latitude))
                {
                    Assert.Fail($"{worker.Code} stands in the river at {longitude}, {latitude}");
                }

                banks.Add(longitude < 112.5595);
            }
        }

        Assert.That(banks, Has.Count.EqualTo(2), "but on both banks");
    }

    [Test]
    public void TheRiverIsThere()
    {
        var dry = StreetGraph.Build(Streets.Nodes, Streets.ClassedEdges, out _)!;
        var (bridge, over) = (Streets.Side * 2 + 9, Streets.Side * 2 + 10);

        Assert.That(dry.NeighboursOf(bridge).ToArray(), Does.Contain(over));
        Assert.That(_town.NeighboursOf(bridge).ToArray(), Does.Not.Contain(over));
        Assert.That(_water.Holds(112.5595, 37.852), Is.True);
        Assert.That(_water.Holds(112.5595, 37.8535), Is.False, "an island is dry");
    }

    [Test]
    public void NobodyLeavesTheStreetsNorWalksAlongTheRingRoad()
    {
        var walkable = Streets.ClassedEdges.Where(e => e[2] < (int)StreetClass.Trunk).SelectMany(e => new[] { (e[0], e[1]), (e[1], e[0]) }).ToHashSet();
        var crossed = 0;
        foreach (var worker in Workers(60))
        {
            var beat = Patrol.BeatOf(_town, worker, 1);
            var state = Patrol.Start(_town, worker, 1);
            for (var second = 0; second < 2 * Hour; second++)
            {
                var next = Patrol.Step(_town, beat, state);
                if (!walkable.Contains((next.From, next.To)) || next.AlongMeters < 0 || next.AlongMeters > _town.LengthOf(next.From, next.To))
                {
                    Assert.Fail($"{worker.Code} left the streets: {next}");
                }

                crossed += next.From / Streets.Side == 5 && state.From / Streets.Side == 4 ? 1 : 0;
                state = next;
            }
        }

        Assert.That(crossed, Is.GreaterThan(0), "they cross it");
    }

    [Test]
    public void AboutAThirdOfThoseOnDutyWalksAtAnyTime()
    {
        var planned = Workers(500);
        var shifts = DutyShifts.Of(planned, 1);
        var walking = new int[3 * 4];
        var onDuty = new int[walking.Length];
        for (var i = 0; i < planned.Count; i++)
        {
            var worker = new SimulatedWorker(_town, planned[i], 1);
            for (var quarter = 0; quarter < walking.Length; quarter++)
            {
                worker.AdvanceTo(quarter * Hour / 4);
                if (shifts.IsOnDuty(i, quarter * Hour / 4 * 1_000L))
                {
                    onDuty[quarter]++;
                    walking[quarter] += worker.Patrol.OnPatrol ? 1 : 0;
                }
            }
        }

        Assert.That(walking.Zip(onDuty, (w, d) => w / (double)d), Has.All.InRange(0.25, 0.42));
    }

    [Test]
    public void AtLeast3400Of3605AreOnDutyAtAnyMinuteOfADay([Values(1, 20_260)] int seed)
    {
        var planned = Workers(3_605);
        var shifts = DutyShifts.Of(planned, seed);
        var offMinutes = new int[planned.Count];
        var fewest = int.MaxValue;
        for (var minute = 0; minute < 1_440; minute++)
        {
            var on = 0;
            for (var i = 0; i < planned.Count; i++)
            {
                var isOn = shifts.IsOnDuty(i, 1_795_000_000_000 + (minute * 60_000L));
                on += isOn ? 1 : 0;
                offMinutes[i] += isOn ? 0 : 1;
            }

            fewest = Math.Min(fewest, on);
        }

        Assert.That(fewest, Is.InRange(3_400, 3_460));
        Assert.That(offMinutes, Has.All.EqualTo(60), "an hour off for everyone");
    }

    [TestCase(10)]
    [TestCase(1)]
    public void AtMostOneSosInTenMinutesEvenOverRestarts(int minutes)
    {
        var spacing = TimeSpan.FromMinutes(minutes);
        const long start = 1_795_000_000_000;
        var dice = new Dice(5);
        var drills = new SosDrills(3, spacing, start);
        var pressed = new List<long>();
        for (var now = start; now < start + (72 * 3_600_000L); now += 1_000)
        {
            if (dice.Next() < 0.0005)
            {
                drills = new SosDrills(3, spacing, now); // started anew
            }

            if (drills.TryTake(now, out _))
            {
                pressed.Add(now);
            }
        }

        Assert.That(pressed.Zip(pressed.Skip(1), (a, b) => b - a), Has.All.GreaterThanOrEqualTo((long)spacing.TotalMilliseconds));
        Assert.That(pressed.Count, Is.InRange(72 * 60 / (2 * minutes), 72 * 60 / minutes), "and now and then there is one");
    }

    [Test]
    public void NoSosWhenSwitchedOff()
    {
        var drills = new SosDrills(3, TimeSpan.Zero, 0);

        Assert.That(Enumerable.Range(0, 100_000).Any(s => drills.TryTake(s * 1_000L, out _)), Is.False);
    }

    [Test]
    public void SameSeedIsTheSameWorldAndAnotherIsNot()
    {
        string World(int seed) => string.Join('\n', Workers(25).Select(planned =>
        {
            var worker = new SimulatedWorker(_town, planned, seed);
            worker.AdvanceTo(Hour);
            return $"{worker.Observe(1_000_000_000, 1)} {worker.Quirks} {AppMix.Usual.AppOf(planned, seed).GetType().Name}";
        }));

        var first = World(4);
        Assert.That(World(4), Is.EqualTo(first));
        Assert.That(World(5), Is.Not.EqualTo(first));
    }

    [Test]
    public void ChosenSharesOfPhonesHaveWrongClocksAndMockedPlaces()
    {
        var troubles = new PhoneTroubles { WrongClocks = 0.2, Mocks = 0.1 };
        var quirks = Workers(3_000).Select(w => PhoneQuirks.Of(w, 1, troubles)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(quirks.Count(q => q.ClockErrorMs != 0) / 3_000.0, Is.EqualTo(0.2).Within(0.03));
            Assert.That(quirks.Count(q => q.ClockErrorMs > 60_000), Is.InRange(20, 120), "a few in the future");
            Assert.That(quirks.Count(q => q.ClockErrorMs < -3_000_000), Is.GreaterThan(50), "some by hours");
            Assert.That(quirks.Count(q => q.Mocked) / 3_000.0, Is.EqualTo(0.1).Within(0.02));
        });
    }

    [Test]
    public void WrongClockShowsInTheFixAndAMockSaysSoAndStays()
    {
        var late = Find(new PhoneTroubles { WrongClocks = 1, Mocks = 0 });
        Assert.That(late.Observe(1_795_000_000_000, 1).FixTimeMs, Is.EqualTo(1_795_000_000_000 + late.Quirks.ClockErrorMs).And.Not.EqualTo(1_795_000_000_000));

        var mocked = Find(new PhoneTroubles { WrongClocks = 0, Mocks = 1 });
        var first = mocked.Observe(0, 1);
        mocked.AdvanceTo(Hour);
        Assert.That(first.Mock, Is.True);
        Assert.That((mocked.Observe(0, 1).Longitude, mocked.Observe(0, 1).Latitude), Is.EqualTo((first.Longitude, first.Latitude)));

        SimulatedWorker Find(PhoneTroubles troubles) => new(_town, Streets.Worker(3), 1, troubles);
    }

    [TestCase(0.0, 0.0, 0.0)]
    [TestCase(0.2, 0.14, 0.26)]
    public void PhonesAreOutOfReachForTheChosenShareOfTheTime(double share, double low, double high)
    {
        var (away, all) = (0, 0);
        foreach (var planned in Workers(40))
        {
            var (patrol, state) = (Patrol.Start(_town, planned, 1), Handset.Start(planned, 1, share));
            for (var second = 0; second < 8 * Hour; second++, all++)
            {
                state = Handset.Step(state, patrol);
                away += state.Reach == Reach.Online ? 0 : 1;
            }
        }

        Assert.That(away / (double)all, Is.InRange(low, high));
    }

    [Test]
    public void RestingPhoneIsNeverSilentUntilItLooksStaleAndNoticesThatItsOwnerWalksOff()
    {
        var pace = new SimulationSettings { Seed = 1 }.Pace;
        var patrol = Patrol.Start(_town, Streets.Worker(1), 1);

        Assert.Multiple(() =>
        {
            Assert.That(pace.WaitMs(patrol with { Phase = PatrolPhase.Resting, PhaseLeftSeconds = 900 }), Is.EqualTo(45_000));
            Assert.That(pace.WaitMs(patrol with { Phase = PatrolPhase.Resting, PhaseLeftSeconds = 20 }), Is.EqualTo(21_000));
            Assert.That(pace.WaitMs(patrol with { Phase = PatrolPhase.Walking }), Is.EqualTo(10_000));
        });
    }

    private static List<PlannedWorker> Workers(int count) => [.. Enumerable.Range(0, count).Select(i => Streets.Worker(i))];

    private IEnumerable<(double Longitude, double Latitude)> Places(PlannedWorker planned, int seconds, int everySeconds)
    {
        var worker = new SimulatedWorker(_town, planned, 1);
        for (var second = 0; second < seconds; second += everySeconds)
        {
            worker.AdvanceTo(second);
            var (east, north, _) = Patrol.PlaceOf(_town, worker.Patrol);
            yield return _town.ToDegrees(east, north);
        }
    }
}

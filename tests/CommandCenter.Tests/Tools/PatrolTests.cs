using CommandCenter.Contracts.Workers;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

internal sealed class PatrolTests
{
    private const int Hour = 3_600;
    private readonly StreetGraph _town = Streets.Town();

    [Test]
    public void StaysOnStreets([Values(1, 2, 3)] int seed)
    {
        var streets = Streets.Edges.SelectMany(e => new[] { (e[0], e[1]), (e[1], e[0]) }).ToHashSet();
        foreach (var state in Walk(Streets.Worker(4), seed, 2 * Hour))
        {
            Assert.That(streets, Does.Contain((state.From, state.To)));
            Assert.That(state.AlongMeters, Is.InRange(0, _town.LengthOf(state.From, state.To)));
        }
    }

    [TestCase(WorkerRole.GridWorker, 1.6)]
    [TestCase(WorkerRole.GridLeader, 5.1)]
    public void NeverTeleportsAndNeverRuns(WorkerRole role, double most)
    {
        var (east, north, _) = Patrol.PlaceOf(_town, Patrol.Start(_town, Streets.Worker(5, role), 1));
        foreach (var state in Walk(Streets.Worker(5, role), 1, 3 * Hour))
        {
            var (nextEast, nextNorth, _) = Patrol.PlaceOf(_town, state);
            var moved = Math.Sqrt(Math.Pow(nextEast - east, 2) + Math.Pow(nextNorth - north, 2));
            Assert.That(moved, Is.LessThanOrEqualTo(most), "metres in a second");
            Assert.That(state.SpeedMps, Is.InRange(0, most));
            Assert.That(moved, Is.LessThanOrEqualTo(state.SpeedMps + 1.6), "the reported speed is that of the way");
            (east, north) = (nextEast, nextNorth);
        }
    }

    [Test]
    public void SameSeedWalksTheSameWay() =>
        Assert.That(Walk(Streets.Worker(6), 9, Hour).ToList(), Is.EqualTo(Walk(Streets.Worker(6), 9, Hour).ToList()));

    [Test]
    public void AnotherSeedWalksAnotherWay() =>
        Assert.That(Walk(Streets.Worker(6), 9, Hour).Last(), Is.Not.EqualTo(Walk(Streets.Worker(6), 10, Hour).Last()));

    [Test]
    public void AboutAThirdIsOnPatrolAtAnyTime()
    {
        var workers = Enumerable.Range(0, 600).Select(i => Walk(Streets.Worker(i), 1, Hour).ToList()).ToList();
        foreach (var second in new[] { 0, Hour / 2, Hour - 1 })
        {
            Assert.That(workers.Count(w => w[second].OnPatrol) / 600.0, Is.InRange(0.25, 0.42), $"after {second} s");
        }
    }

    [Test]
    public void WorkerOnPatrolReallyMoves()
    {
        var states = Walk(Streets.Worker(8), 1, 4 * Hour).ToList();
        var walking = states.Where(s => s.Phase == PatrolPhase.Walking).ToList();

        Assert.That(walking.Average(s => s.SpeedMps), Is.InRange(0.9, 1.5));
        Assert.That(states.Select(s => s.From).Distinct().Count(), Is.GreaterThan(15), "corners seen in four hours");
    }

    [Test]
    public void StaysNearHome()
    {
        var worker = Streets.Worker(9);
        var (homeEast, homeNorth) = _town.ToMeters(worker.HomeLongitude, worker.HomeLatitude);
        foreach (var state in Walk(worker, 3, 6 * Hour))
        {
            var (east, north, _) = Patrol.PlaceOf(_town, state);
            Assert.That(Math.Sqrt(Math.Pow(east - homeEast, 2) + Math.Pow(north - homeNorth, 2)), Is.LessThan(700));
        }
    }

    [Test]
    public void ReceiverErrsByMetresAndWandersInsteadOfJumping()
    {
        var worker = Streets.Worker(10);
        var patrol = Patrol.Start(_town, worker, 1) with { Indoors = false };
        var state = Handset.Start(worker, 1);
        for (var second = 0; second < Hour; second++)
        {
            var next = Handset.Step(state, patrol);
            Assert.That(Math.Abs(next.ErrorEast), Is.LessThan(15));
            Assert.That(Math.Abs(next.ErrorEast - state.ErrorEast), Is.LessThan(3), "metres in a second");
            state = next;
        }
    }

    [Test]
    public void PhonesLoseTheSignalAndFindItAgain()
    {
        var seen = new HashSet<Reach>();
        for (var i = 0; i < 40; i++)
        {
            var worker = Streets.Worker(i);
            var (patrol, state) = (Patrol.Start(_town, worker, 1), Handset.Start(worker, 1));
            for (var second = 0; second < 6 * Hour; second++)
            {
                state = Handset.Step(state, patrol);
                seen.Add(state.Reach);
                Assert.That(state.Battery, Is.InRange(1, 100));
            }
        }

        Assert.That(seen, Is.EquivalentTo(Enum.GetValues<Reach>()));
    }

    [Test]
    public void SamePlaceHoweverASecondWasReached()
    {
        var inSteps = new SimulatedWorker(_town, Streets.Worker(11), 5);
        var atOnce = new SimulatedWorker(_town, Streets.Worker(11), 5);
        for (var second = 0; second <= 900; second += 5)
        {
            inSteps.AdvanceTo(second);
        }

        atOnce.AdvanceTo(900);
        Assert.That(atOnce.Observe(1, 1), Is.EqualTo(inSteps.Observe(1, 1)));
    }

    [Test]
    public void NearestNodeIsTheNearest()
    {
        var dice = new Dice(4);
        for (var i = 0; i < 500; i++)
        {
            var (lon, lat) = (dice.Between(112.54, 112.58), dice.Between(37.84, 37.88));
            var (east, north) = _town.ToMeters(lon, lat);
            double Squared(int node) => Math.Pow(_town.At(node).East - east, 2) + Math.Pow(_town.At(node).North - north, 2);
            var best = Enumerable.Range(0, Streets.Nodes.Count).Where(n => _town.NeighboursOf(n).Length > 0).Min(Squared);
            Assert.That(Squared(_town.Nearest(lon, lat)), Is.EqualTo(best).Within(0.1));
        }
    }

    private IEnumerable<PatrolState> Walk(PlannedWorker worker, int seed, int seconds)
    {
        var beat = Patrol.BeatOf(_town, worker, seed);
        var state = Patrol.Start(_town, worker, seed);
        for (var second = 0; second < seconds; second++)
        {
            state = Patrol.Step(_town, beat, state);
            yield return state;
        }
    }
}

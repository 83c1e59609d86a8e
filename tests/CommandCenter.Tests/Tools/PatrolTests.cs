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
        var strayed = Walk(Streets.Worker(4), seed, 2 * Hour)
            .Where(s => !streets.Contains((s.From, s.To)) || s.AlongMeters < 0 || s.AlongMeters > _town.LengthOf(s.From, s.To));

        Assert.That(strayed, Is.Empty);
    }

    [TestCase(WorkerRole.GridWorker, 1.6)]
    [TestCase(WorkerRole.GridLeader, 5.1)]
    public void NeverTeleportsAndNeverRuns(WorkerRole role, double most)
    {
        var states = Walk(Streets.Worker(5, role), 1, 3 * Hour).ToList();
        var places = states.Select(s => Patrol.PlaceOf(_town, s)).ToList();
        var moved = places.Skip(1).Zip(places, (to, from) => Math.Sqrt(Math.Pow(to.East - from.East, 2) + Math.Pow(to.North - from.North, 2))).ToList();

        Assert.That(moved.Max(), Is.InRange(most / 2, most), "metres in a second");
        Assert.That(states.Max(s => s.SpeedMps), Is.InRange(most / 2, most));
        Assert.That(states.Where(s => s.SpeedMps == 0).Skip(1).Count(), Is.GreaterThan(0), "and sometimes stands");
    }

    [Test]
    public void SameSeedWalksTheSameWay()
    {
        var first = Walk(Streets.Worker(6), 9, Hour).ToList();
        var again = Walk(Streets.Worker(6), 9, Hour).ToList();

        Assert.That(again, Is.EqualTo(first));
    }

    [Test]
    public void AnotherSeedWalksAnotherWay() =>
        Assert.That(Walk(Streets.Worker(6), 9, Hour).ToList(), Is.Not.EqualTo(Walk(Streets.Worker(6), 10, Hour).ToList()));

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
        var farthest = Walk(worker, 3, 6 * Hour).Max(state =>
        {
            var (east, north, _) = Patrol.PlaceOf(_town, state);
            return Math.Sqrt(Math.Pow(east - homeEast, 2) + Math.Pow(north - homeNorth, 2));
        });

        Assert.That(farthest, Is.LessThan(700));
    }

    [Test]
    public void ReceiverErrsByMetresAndWandersInsteadOfJumping()
    {
        var worker = Streets.Worker(10);
        var patrol = Patrol.Start(_town, worker, 1) with { Indoors = false };
        var state = Handset.Start(worker, 1);
        var (widest, jump) = (0.0, 0.0);
        for (var second = 0; second < 4 * Hour; second++)
        {
            var next = Handset.Step(state, patrol);
            widest = Math.Max(widest, Math.Max(Math.Abs(next.ErrorEast), Math.Abs(next.ErrorNorth)));
            jump = Math.Max(jump, Math.Abs(next.ErrorEast - state.ErrorEast));
            state = next;
        }

        Assert.That(widest, Is.InRange(3, 15), "metres");
        Assert.That(jump, Is.LessThan(3), "metres in a second");
    }

    [Test]
    public void PhonesLoseTheSignalAndFindItAgain()
    {
        var seen = new HashSet<Reach>();
        var lowest = 100.0;
        for (var i = 0; i < 16; i++)
        {
            var worker = Streets.Worker(i);
            var (patrol, state) = (Patrol.Start(_town, worker, 1), Handset.Start(worker, 1));
            for (var second = 0; second < 6 * Hour; second++)
            {
                state = Handset.Step(state, patrol);
                seen.Add(state.Reach);
                lowest = Math.Min(lowest, state.Battery);
            }
        }

        Assert.That(seen, Is.EquivalentTo(Enum.GetValues<Reach>()));
        Assert.That(lowest, Is.InRange(10, 13), "then it is charged");
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

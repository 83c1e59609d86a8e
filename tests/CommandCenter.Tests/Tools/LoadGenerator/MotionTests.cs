using CommandCenter.LoadGenerator.Load;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class MotionTests
{
    private const long Now = 1_795_000_000_000;

    [Test]
    public void TellsTheTimeOfAFixFromItsPlace()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var worker = random.Next(4_500_000);
            var taken = Now + random.Next(100_000_000);
            var place = Motion.PlaceAt(taken, worker);
            Assert.That(place.Longitude, Is.InRange(0, Motion.Reach));
            Assert.That(Motion.TimeOf(place, worker, taken + random.Next(60_000)), Is.EqualTo(taken));
        }
    }

    [Test]
    public void NeverJumps()
    {
        var last = Motion.PlaceAt(Now, 7);
        for (var time = Now + 8_000; time < Now + 40_000_000; time += 8_000)
        {
            var next = Motion.PlaceAt(time, 7);
            Assert.That((Math.Abs(next.Longitude - last.Longitude), Math.Abs(next.Latitude - last.Latitude)), Is.EqualTo((1_000, 0)).Or.Matches<(int Longitude, int)>(turn => turn.Longitude < 1_000));
            last = next;
        }
    }

    [TestCase(-1, 0)]
    [TestCase(Motion.Reach + 1, 0)]
    [TestCase(5, 8)]
    [TestCase(5, -1)]
    public void KnowsAPlaceThatIsNoneOfItsOwn(int longitude, int north)
    {
        var lane = Motion.PlaceAt(Now, 3).Latitude & ~7;
        Assert.That(Motion.TimeOf(new Place(longitude, lane + north, East: true), 3, Now), Is.Null);
    }

    [Test]
    public void GoesToTaiyuanWhereItsRequestsHaveNoRoomForTheDegrees() =>
        Assert.That(new[] { null, [2.35, 48.85], [151.2, -33.9], new[] { 112.5, 37.8 } }.Select(Ground.Around), Is.EqualTo(new[] { Ground.Usual, Ground.Usual, Ground.Usual, new Ground(1_125_000_000, 378_000_000) }));

    [Test]
    public void TakesTurnsWithoutTwoFixesOfAWorkerInOneMillisecond()
    {
        var turns = new FixTurns(5);
        var seen = new HashSet<(int, long)>();
        foreach (var now in new[] { Now, Now, Now, Now + 1, Now, Now + 50, Now + 50, Now + 50 })
        {
            var (first, time) = turns.Take(2, now);
            for (var i = 0; i < 2; i++)
            {
                Assert.That(seen.Add((turns.WorkerAt(first + i), time)), Is.True);
            }
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(50)]
    [TestCase(10_852)]
    public void GivesEachWorkerOneTurnALap(int workers)
    {
        var turns = new FixTurns(workers);
        Assert.That(Enumerable.Range(0, workers).Select(turns.WorkerAt).Distinct().Count(), Is.EqualTo(workers));
        Assert.That(turns.WorkerAt(workers + 3), Is.EqualTo(turns.WorkerAt(3 % workers)));
    }

    [Test]
    public void SpreadsTurnsOverAllAreas()
    {
        var turns = new FixTurns(100_000);
        var areas = Enumerable.Range(0, 1_000).GroupBy(turn => turns.WorkerAt(turn) / 10_000).Select(area => area.Count()).ToList();
        Assert.That(areas, Has.Count.EqualTo(10).And.All.InRange(90, 110));
    }
}

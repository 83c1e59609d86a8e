using CommandCenter.Demo;
using CommandCenter.Simulator;
using CommandCenter.Tests.Demo;
using SimulatedWorker = CommandCenter.Simulator.SimulatedWorker;
using StreetClass = CommandCenter.Simulator.StreetClass;

namespace CommandCenter.Tests.Tools;

/// <summary>The demo's own district, from the file that the server writes, watched for an hour.</summary>
internal sealed class SimulatedDemoTests
{
    private const int Hour = 3_600;

    private SimulatorPlan _plan = null!;

    [OneTimeSetUp]
    public void WriteAndRead()
    {
        var folder = Directory.CreateTempSubdirectory("simulated-demo-").FullName;
        try
        {
            DemoSecrets.New(DemoDistrictTests.District).Write(folder, "http://localhost", DemoDistrictTests.District);
            _plan = SimulatorPlan.Read(Path.Combine(folder, "simulator.json"), out var fault)!;
            Assert.That(fault, Is.Empty);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void ThreeThousandSixHundredAndFiveAreToBePlayedWithADesk() =>
        Assert.That((_plan.Workers.Count, _plan.Desk?.User), Is.EqualTo((3_605, "simulator-desk")));

    [Test]
    public void NobodyWalksThroughTheRiverAndAboutAThirdWalks()
    {
        var district = DemoDistrictTests.District;
        var walkable = district.Streets.Edges.Where(e => (int)district.Streets.ClassOf(e) < (int)StreetClass.Trunk)
            .SelectMany(e => new[] { (e.A, e.B), (e.B, e.A) }).ToHashSet();
        var (walking, all) = (0, 0);
        foreach (var planned in _plan.Workers.Where((_, i) => i % 12 == 0))
        {
            var worker = new SimulatedWorker(_plan.Streets, planned, _plan.Seed);
            for (var second = 0; second < Hour; second += 10, all++)
            {
                worker.AdvanceTo(second);
                walking += worker.Patrol.OnPatrol ? 1 : 0;
                var (east, north, _) = Patrol.PlaceOf(_plan.Streets, worker.Patrol);
                var (longitude, latitude) = _plan.Streets.ToDegrees(east, north);
                if (_plan.Water.Holds(longitude, latitude) || !walkable.Contains((worker.Patrol.From, worker.Patrol.To)))
                {
                    Assert.Fail($"{planned.Code} is in the water or off the streets at {longitude}, {latitude}");
                }
            }
        }

        Assert.That(walking / (double)all, Is.InRange(0.27, 0.40));
        Assert.That(district.Water, Is.Not.Empty);
    }
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Demo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Demo;

public sealed class DemoDistrictTests
{
    private static readonly DemoDistrict District = DemoDistrict.Generate(DemoPlan.Yingze());

    [Test]
    public void FoldsNoCellOfItsLattice()
    {
        var lattice = new DemoLattice(District.Plan);
        for (var i = 0; i < lattice.Columns; i++)
        {
            for (var j = 0; j < lattice.Rows; j++)
            {
                Assert.That(Turn(lattice[i, j], lattice[i + 1, j], lattice[i + 1, j + 1]), Is.Positive, $"{i},{j}");
                Assert.That(Turn(lattice[i, j], lattice[i + 1, j + 1], lattice[i, j + 1]), Is.Positive, $"{i},{j}");
            }
        }
    }

    [Test]
    public void StaysWithinItsBounds()
    {
        var bounds = District.Plan.Bounds;
        Assert.That(new Envelope(bounds[0], bounds[2], bounds[1], bounds[3]).Contains(District.Areas[0].Outline.EnvelopeInternal));
    }

    [Test]
    public void FillsEveryAreaWithItsChildrenWithoutGapOrOverlap()
    {
        var children = District.Areas.ToLookup(area => area.Parent);
        foreach (var area in District.Areas.Where(area => children[area.Code].Any()))
        {
            var parts = children[area.Code].ToList();
            Assert.That(parts.Sum(part => part.Block.Width * part.Block.Height), Is.EqualTo(area.Block.Width * area.Block.Height), area.Code);
            Assert.That(parts.Sum(part => part.Outline.Area), Is.EqualTo(area.Outline.Area).Within(1e-12), area.Code);
            foreach (var part in parts)
            {
                Assert.That(part.Outline.IsValid, part.Code);
                Assert.That(area.Outline.Covers(part.Outline), part.Code);
            }

            for (var n = 0; n < parts.Count; n++)
            {
                foreach (var other in parts.Skip(n + 1))
                {
                    Assert.That(parts[n].Outline.Intersection(other.Outline).Area, Is.Zero, $"{parts[n].Code} and {other.Code}");
                }
            }
        }
    }

    [Test]
    public void HasTheOfficialSubdistrictsAndAtLeastTwoCommunitiesInEach()
    {
        Assert.That(
            District.Areas.Where(area => area.Kind == AreaKind.Subdistrict).Select(area => (area.Code, area.Name)),
            Is.EquivalentTo(new[]
            {
                ("140106001", "柳巷街道"), ("140106002", "文庙街道"), ("140106003", "庙前街道"), ("140106004", "迎泽街道"),
                ("140106005", "桥东街道"), ("140106006", "老军营街道"), ("140106100", "郝庄镇"),
            }));
        Assert.That(District.Areas.Where(area => area.Kind == AreaKind.Community).GroupBy(area => area.Parent).Select(group => group.Count()), Has.All.GreaterThanOrEqualTo(2));
        Assert.That(District.Areas, Has.Some.Matches<DemoArea>(area => area!.GridType == GridType.Exclusive));
        Assert.That(District.Areas.All(area => (area.Kind == AreaKind.Grid) == (area.GridType is not null)));
        Assert.That(District.Areas.Select(area => area.Code), Is.Unique);
    }

    [Test]
    public void GivesEveryWorkerAHomeThatExistsAndAPlaceInIt()
    {
        var areas = District.Areas.ToDictionary(area => area.Code);
        foreach (var worker in District.Workers)
        {
            Assert.That(areas.ContainsKey(worker.Area), worker.Code);
            Assert.That(areas[worker.Area].Outline.Covers(new Point(worker.Home)), worker.Code);
            Assert.That(District.Streets.Nodes, Does.Contain(worker.Home), worker.Code);
        }

        Assert.That(District.Workers.Select(worker => worker.Code), Is.Unique);
        Assert.That(District.Workers.Select(worker => worker.Phone), Is.Unique.And.All.Match("^1390000[0-9]{4}$"));
        Assert.That(District.Workers.Select(worker => worker.Role).Distinct(), Is.EquivalentTo(Enum.GetValues<WorkerRole>()));
        Assert.That(District.Workers.Where(worker => worker.Role == WorkerRole.Reserve).All(worker => !worker.OnDuty));
        Assert.That(District.Workers, Has.Count.InRange(150, 180));
    }

    [Test]
    public void ConnectsAllItsStreets()
    {
        var next = District.Streets.Edges.SelectMany(edge => new[] { edge, (A: edge.B, B: edge.A) }).ToLookup(edge => edge.A, edge => edge.B);
        var reached = new HashSet<int> { 0 };
        var waiting = new Stack<int>([0]);
        while (waiting.TryPop(out var node))
        {
            foreach (var neighbour in next[node].Where(reached.Add))
            {
                waiting.Push(neighbour);
            }
        }

        Assert.That(reached, Has.Count.EqualTo(District.Streets.Nodes.Count));
        Assert.That(District.Streets.Edges, Is.Unique);
    }

    [Test]
    public void IsTheSameEveryTime()
    {
        var again = DemoDistrict.Generate(DemoPlan.Yingze());
        Assert.That(again.Workers, Is.EqualTo(District.Workers));
        Assert.That(again.Areas.Select(area => (area.Code, area.Name, area.Outline.AsText())), Is.EqualTo(District.Areas.Select(area => (area.Code, area.Name, area.Outline.AsText()))));
        Assert.That(again.Streets.Edges, Is.EqualTo(District.Streets.Edges));
    }

    [Test]
    public void LocatesAPointInTheDeepestArea()
    {
        var ids = District.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(pair => pair.Code, pair => pair.Id);
        var tree = new AreaTree(
            District.Areas.Select(area => new Area(ids[area.Code], area.Code, area.Name, area.NameEn, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline)), 1);
        foreach (var area in District.Areas.Where(area => area.Kind == AreaKind.Microgrid))
        {
            var inside = area.Outline.InteriorPoint;
            Assert.That(tree.Locate(inside.X, inside.Y)?.Area.Code, Is.EqualTo(area.Code));
        }
    }

    [Test]
    public void HandsOutOneAccountARoleOneSmallOneAndThreeFreeDevices()
    {
        var secrets = DemoSecrets.New(District);
        Assert.That(secrets.Accounts.Take(4).Select(account => (account.Role, account.Area)), Is.EqualTo(new[]
        {
            ("wall", "140106"), ("dispatcher", "140106"), ("supervisor", "140106"), ("administrator", "140106"),
        }));
        Assert.That((secrets.Accounts[4].Role, secrets.Accounts[4].Area), Is.EqualTo(("dispatcher", "140106004")));
        Assert.That(secrets.Devices, Has.Count.EqualTo(3));
        Assert.That(secrets.Devices.Select(device => device.Worker).Intersect(secrets.Simulated.Select(device => device.Worker)), Is.Empty);
        var onDuty = District.Workers.Where(worker => worker.OnDuty).Select(worker => worker.Code);
        Assert.That(secrets.Devices.Concat(secrets.Simulated).Select(device => device.Worker), Is.EquivalentTo(onDuty));
        Assert.That(DemoSecrets.New(District).Accounts[0].Password, Is.Not.EqualTo(secrets.Accounts[0].Password));
    }

    [Test]
    public void ReadsItsFilesBackAndKeepsThemFromOthers()
    {
        var folder = Directory.CreateTempSubdirectory("demo").FullName;
        try
        {
            var secrets = DemoSecrets.New(District);
            secrets.Write(folder, "http://localhost:1", District);
            Assert.That(DemoSecrets.Read(folder)!.Fingerprint(), Is.EqualTo(secrets.Fingerprint()));
            foreach (var file in new[] { "demo.json", "simulator.json" }.Where(_ => !OperatingSystem.IsWindows()))
            {
#pragma warning disable CA1416 // The analyzer does not see the guard above.
                Assert.That(File.GetUnixFileMode(Path.Combine(folder, file)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
#pragma warning restore CA1416
            }

            File.WriteAllText(Path.Combine(folder, "simulator.json"), "{");
            Assert.That(DemoSecrets.Read(folder), Is.Null);
            File.Delete(Path.Combine(folder, "demo.json"));
            Assert.That(DemoSecrets.Read(folder), Is.Null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Turn(Coordinate a, Coordinate b, Coordinate c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}

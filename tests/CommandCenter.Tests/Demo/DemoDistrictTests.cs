using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Demo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Demo;

public sealed class DemoDistrictTests
{
    internal static readonly DemoDistrict District = DemoDistrict.Generate(DemoPlan.Yingze());
    internal static readonly DemoDistrict Small = DemoDistrict.Generate(DemoPlan.Yingze(DemoSize.Small));

    [Test]
    public void StaysWithinItsBounds()
    {
        var bounds = District.Plan.Bounds;
        Assert.That(new Envelope(bounds[0], bounds[2], bounds[1], bounds[3]).Contains(District.Areas[0].Outline.EnvelopeInternal));
    }

    [Test]
    public void FillsEveryAreaWithItsChildrenWithoutGapOrOverlap([Values] DemoSize size)
    {
        var areas = (size == DemoSize.Small ? Small : District).Areas;
        var children = areas.ToLookup(area => area.Parent);
        foreach (var area in areas)
        {
            Assert.That(area.Outline.IsValid, area.Code);
            var parts = children[area.Code].ToList();
            if (parts.Count == 0)
            {
                Assert.That(area.Kind == AreaKind.Microgrid || area.GridType == GridType.Exclusive, area.Code);
                continue;
            }

            Assert.That(parts.Sum(part => part.Outline.Area), Is.EqualTo(area.Outline.Area).Within(1e-12), area.Code);
            foreach (var part in parts)
            {
                Assert.That(area.Outline.Covers(part.Outline), part.Code);
            }

            for (var n = 0; n < parts.Count; n++)
            {
                foreach (var other in parts.Skip(n + 1).Where(other => other.Outline.EnvelopeInternal.Intersects(parts[n].Outline.EnvelopeInternal)))
                {
                    Assert.That(parts[n].Outline.Intersection(other.Outline).Area, Is.Zero.Within(1e-15), $"{parts[n].Code} and {other.Code}");
                }
            }
        }
    }

    [Test]
    public void HasTheRealNumbersOfAreas()
    {
        int Count(AreaKind kind, GridType? type = null) => District.Areas.Count(area => area.Kind == kind && (type is null || area.GridType == type));
        Assert.That(
            (Count(AreaKind.Subdistrict), Count(AreaKind.Community), Count(AreaKind.Grid, GridType.Ordinary), Count(AreaKind.Grid, GridType.Exclusive), Count(AreaKind.Microgrid)),
            Is.EqualTo((7, 112, 853, 345, 2_558)));
        Assert.That(District.Areas.All(area => (area.Kind == AreaKind.Grid) == (area.GridType is not null)));
        Assert.That(District.Areas.Select(area => area.Code), Is.Unique);
        Assert.That(District.Areas.Select(area => area.Name), Is.Unique);
        var parents = District.Areas.ToDictionary(area => area.Code);
        Assert.That(District.Areas.Where(area => area.Parent is not null).All(area => parents[area.Parent!].Kind == area.Kind - 1));
    }

    [Test]
    public void HasTheOfficialSubdistrictsAndCommunities()
    {
        Assert.That(
            District.Areas.Where(area => area.Kind == AreaKind.Subdistrict).Select(area => (area.Code, area.Name)),
            Is.EquivalentTo(new[]
            {
                ("140106001", "柳巷街道"), ("140106002", "文庙街道"), ("140106003", "庙前街道"), ("140106004", "迎泽街道"),
                ("140106005", "桥东街道"), ("140106006", "老军营街道"), ("140106100", "郝庄镇"),
            }));
        Assert.That(
            District.Areas.Where(area => area.Kind == AreaKind.Community).CountBy(area => area.Parent!).Select(each => (each.Key, each.Value)),
            Is.EquivalentTo(new[]
            {
                ("140106001", 9), ("140106002", 13), ("140106003", 14), ("140106004", 15), ("140106005", 19), ("140106006", 10), ("140106100", 32),
            }));
        Assert.That(District.Areas.Single(area => area.Code == "140106100227").Name, Is.EqualTo("张家河村"));
    }

    [Test]
    public void HasTheRealNumbersOfPeopleEachWithAHomeThatExists()
    {
        var areas = District.Areas.ToDictionary(area => area.Code);
        var nodes = District.Streets.Nodes.ToHashSet();
        foreach (var worker in District.Workers)
        {
            Assert.That(areas[worker.Area].Outline.Covers(new Point(worker.Home)), worker.Code);
            Assert.That(nodes, Does.Contain(worker.Home), worker.Code);
        }

        int Count(WorkerRole role) => District.Workers.Count(worker => worker.Role == role);
        Assert.That(
            (Count(WorkerRole.GridLeader), Count(WorkerRole.GridWorker), Count(WorkerRole.Auxiliary), Count(WorkerRole.Reserve)),
            Is.EqualTo((112, 853, 2_640, 7_247)));
        Assert.That(District.Workers.Where(worker => worker.Role != WorkerRole.Reserve).All(worker => worker.OnDuty));
        Assert.That(District.Workers.Count(worker => worker is { Role: WorkerRole.Reserve, OnDuty: true }), Is.EqualTo(3));
        Assert.That(
            District.Workers.Where(worker => worker.Role == WorkerRole.Auxiliary).Select(worker => worker.Area).Distinct().Count(),
            Is.EqualTo(2_558), "every micro-grid has one");
        Assert.That(District.Workers.Select(worker => worker.Code), Is.Unique);
        Assert.That(District.Workers.Select(worker => worker.Phone), Is.Unique.And.All.Match("^139000[0-9]{5}$"));
    }

    [Test]
    public void IsSmallWhenAskedToBe()
    {
        Assert.That(Small.Areas.Count(area => area.Kind == AreaKind.Subdistrict), Is.EqualTo(7));
        Assert.That(Small.Workers, Has.Count.InRange(150, 180));
        Assert.That(Small.Workers.Select(worker => worker.Role).Distinct(), Is.EquivalentTo(Enum.GetValues<WorkerRole>()));
        Assert.That(Small.Plan.Fingerprint, Is.Not.EqualTo(District.Plan.Fingerprint));
        Assert.That(DemoPlan.Find(Small.Plan.Fingerprint)!.Numbers, Is.EqualTo(DemoNumbers.Small));
        Assert.That(DemoPlan.Find("Small-0-000000000000"), Is.Null);
    }

    [Test]
    public void IsTheSameEveryTime()
    {
        var again = DemoDistrict.Generate(DemoPlan.Yingze());
        Assert.That(again.Workers, Is.EqualTo(District.Workers));
        Assert.That(again.Areas.Select(area => (area.Code, area.Name, area.Outline.AsText())), Is.EqualTo(District.Areas.Select(area => (area.Code, area.Name, area.Outline.AsText()))));
        Assert.That(again.Streets.Edges, Is.EqualTo(District.Streets.Edges));
        Assert.That(again.Streets.Streets, Is.EqualTo(District.Streets.Streets));
    }

    [Test]
    public void LocatesAPointInTheDeepestArea()
    {
        var ids = District.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(pair => pair.Code, pair => pair.Id);
        var tree = new AreaTree(
            District.Areas.Select(area => new Area(ids[area.Code], area.Code, area.Name, area.NameEn, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline)), 1);
        foreach (var area in District.Areas.Where(area => area.Kind == AreaKind.Microgrid || area.GridType == GridType.Exclusive))
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
        Assert.That(secrets.Simulated, Has.Count.EqualTo(3_605));
        Assert.That(secrets.Accounts.Select(account => account.User), Does.Not.Contain(secrets.Desk!.User), "nobody's to sign in with by hand");
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
            using (var simulator = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "simulator.json"))))
            {
                var root = simulator.RootElement;
                Assert.That(root.GetProperty("zone").GetString(), Is.EqualTo("Asia/Shanghai"));
                Assert.That(root.GetProperty("desk").GetProperty("user").GetString(), Is.EqualTo(secrets.Desk!.User));
                Assert.That(root.GetProperty("streets").GetProperty("edges").EnumerateArray().All(edge => edge.GetArrayLength() == 3 && edge[2].GetInt32() is >= 0 and <= 4));
                Assert.That(root.GetProperty("water").EnumerateArray().All(water => water.GetProperty("type").GetString() == "Polygon"));
            }

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
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using CommandCenter.Tests.Demo;
using CommandCenter.Tests.Geo;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Areas;

public sealed class AreaTileRulesTests
{
    private static readonly AreaTree Tree = TreeOfDemo();

    [TestCase(6, 1)]
    [TestCase(10, 1)]
    [TestCase(11, 2)]
    [TestCase(13, 3)]
    [TestCase(14, 3)]
    [TestCase(15, 4)]
    [TestCase(16, 4)]
    public void DrawsALevelFromTheZoomOnWhereItCanBeToldApart(int zoom, int deepest)
    {
        var features = At(Whole(), zoom, 112.575, 37.845)["areas"];
        Assert.That(features.Max(feature => (long)feature.Attributes["level"]), Is.EqualTo(deepest));
        Assert.That(features.Min(feature => (long)feature.Attributes["level"]), Is.Zero);
    }

    [Test]
    public void DrawsNothingBelowTheFirstZoomOrFarAway()
    {
        Assert.That(AreaTileRules.Encode(Whole(), TileAddress.At(5, 112.575, 37.845)), Is.Empty);
        Assert.That(AreaTileRules.Encode(Whole(), TileAddress.At(14, 116.4, 39.9)), Is.Empty);
        Assert.That(AreaTileRules.Encode(new AreaScope(Tree, null), TileAddress.At(14, 112.575, 37.845)), Is.Empty);
    }

    [Test]
    public void DrawsOnlyWhatTheViewerMaySee()
    {
        var scope = new AreaScope(Tree, Tree.Find("140106004"));
        var center = scope.Root!.Center!;
        for (var zoom = AreaTileRules.MinZoom; zoom <= AreaTileRules.MaxZoom; zoom++)
        {
            foreach (var (_, features) in At(scope, zoom, center.X, center.Y))
            {
                Assert.That(features.Select(feature => (string)feature.Attributes["code"]), Has.All.StartWith("140106004"), $"zoom {zoom}");
            }
        }
    }

    [Test]
    public void NamesEachAreaInOneTileOnly()
    {
        var bounds = DemoDistrictTests.District.Plan.Bounds;
        var (first, last) = (TileAddress.At(13, bounds[0], bounds[3]), TileAddress.At(13, bounds[2], bounds[1]));
        var names = new List<ReadFeature>();
        for (var x = first.X; x <= last.X; x++)
        {
            for (var y = first.Y; y <= last.Y; y++)
            {
                names.AddRange(TileReader.Read(AreaTileRules.Encode(Whole(), new TileAddress(13, x, y))).GetValueOrDefault("names", []));
            }
        }

        Assert.That(names.Select(name => name.Id), Is.Unique);
        Assert.That(names.Select(name => (string)name.Attributes["code"]), Is.EquivalentTo(Tree.Nodes.Where(node => node.Area.Kind < AreaKind.Microgrid).Select(node => node.Area.Code)));
        var one = names.Single(name => (string)name.Attributes["code"] == "140106100");
        Assert.That((one.Attributes["name"], one.Attributes["nameEn"], one.Attributes["level"]), Is.EqualTo(("郝庄镇", "Haozhuang Town", 1L)));
    }

    [Test]
    public void PutsTheCenterInside()
    {
        foreach (var node in Tree.Nodes)
        {
            Assert.That(SimplePointInAreaLocator.Locate(node.Center!, node.Area.Geometry!), Is.EqualTo(Location.Interior), node.Area.Code);
        }

        var crescent = (Polygon)new NetTopologySuite.IO.WKTReader().Read("POLYGON((0 0, 10 0, 10 10, 9 10, 9 1, 1 1, 1 10, 0 10, 0 0))");
        var center = new AreaTree([new Area(1, "a", "a", null, AreaKind.District, null, null, crescent)], 1).Nodes[0].Center!;
        Assert.That(SimplePointInAreaLocator.Locate(center, crescent), Is.EqualTo(Location.Interior));
    }

    private static AreaScope Whole() => new(Tree, Tree.Nodes[0]);

    private static Dictionary<string, List<ReadFeature>> At(AreaScope scope, int zoom, double longitude, double latitude) =>
        TileReader.Read(AreaTileRules.Encode(scope, TileAddress.At(zoom, longitude, latitude)));

    private static AreaTree TreeOfDemo()
    {
        var ids = DemoDistrictTests.District.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(pair => pair.Code, pair => pair.Id);
        return new AreaTree(
            DemoDistrictTests.District.Areas.Select(area =>
                new Area(ids[area.Code], area.Code, area.Name, area.NameEn, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline)),
            1);
    }
}

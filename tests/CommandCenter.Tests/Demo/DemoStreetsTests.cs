using CommandCenter.Demo;
using CommandCenter.Streets;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Demo;

public sealed class DemoStreetsTests
{
    private static readonly DemoStreets Streets = DemoDistrictTests.District.Streets;

    [Test]
    public void AreConnected([Values] DemoSize size)
    {
        var streets = size == DemoSize.Small ? DemoDistrictTests.Small.Streets : Streets;
        Assert.That(ReachedBy(streets, _ => true), Is.EqualTo(streets.Nodes.Count));
        Assert.That(streets.Edges.Select(edge => (Math.Min(edge.A, edge.B), Math.Max(edge.A, edge.B))), Is.Unique);
        Assert.That(streets.Edges.All(edge => !streets.Nodes[edge.A].Equals2D(streets.Nodes[edge.B])));
    }

    [Test]
    public void LetWalkersReachAllButTheEndsOfTrunkRoads()
    {
        var walked = Streets.Edges.Where(edge => Streets.ClassOf(edge) != StreetClass.Trunk).SelectMany(edge => new[] { edge.A, edge.B }).Distinct().Count();
        Assert.That(ReachedBy(Streets, edge => Streets.ClassOf(edge) != StreetClass.Trunk), Is.EqualTo(walked));
    }

    [Test]
    public void HaveNoNodeInWater()
    {
        foreach (var water in DemoDistrictTests.District.Water)
        {
            var locator = new IndexedPointInAreaLocator(water);
            Assert.That(Streets.Nodes.Where(node => locator.Locate(node) != Location.Exterior), Is.Empty);
        }
    }

    [Test]
    public void CrossWaterOnNamedBridgesAlone()
    {
        var river = DemoDistrictTests.District.Features.Single(feature => feature.Kind == "river").Shape;
        var bridges = Streets.Edges.Where(edge => river.EnvelopeInternal.Intersects(Streets.Nodes[edge.A], Streets.Nodes[edge.B]) && Line(edge).Intersects(river)).ToList();
        Assert.That(bridges.Select(edge => Streets.Streets[edge.Street].Name), Is.EquivalentTo(new[] { "北环桥", "迎泽桥", "内环桥" }));
        foreach (var lake in DemoDistrictTests.District.Features.Where(feature => feature.Kind == "lake").Select(feature => feature.Shape))
        {
            Assert.That(Streets.Edges.Where(edge => lake.EnvelopeInternal.Intersects(Streets.Nodes[edge.A], Streets.Nodes[edge.B]) && Line(edge).Intersects(lake)), Is.Empty);
        }
    }

    [Test]
    public void StayWithinTheBoundsAndGiveEachNameOnce()
    {
        var bounds = DemoDistrictTests.District.Plan.Bounds;
        Assert.That(Streets.Nodes.All(new Envelope(bounds[0], bounds[2], bounds[1], bounds[3]).Contains));
        Assert.That(Streets.Streets.Select(street => street.Name).OfType<string>(), Is.Unique);
        Assert.That(Streets.Streets.All(street => street.Name is null == street.NameEn is null));
        Assert.That(Streets.Edges.Select(Streets.ClassOf).Distinct(), Is.EquivalentTo(Enum.GetValues<StreetClass>()));
    }

    [Test]
    public void BoundEveryArea()
    {
        var edges = Streets.Edges.SelectMany(edge => new[] { (edge.A, edge.B), (edge.B, edge.A) }).ToHashSet();
        var places = Streets.Nodes.Select((node, n) => (node, n)).DistinctBy(pair => pair.node).ToDictionary(pair => pair.node, pair => pair.n);
        foreach (var area in DemoDistrictTests.District.Areas)
        {
            var ring = area.Outline.Coordinates.Select(at => places[at]).ToList();
            Assert.That(ring.Zip(ring.Skip(1)).All(edges.Contains), area.Code);
        }
    }

    private static LineString Line(DemoEdge edge) => new([Streets.Nodes[edge.A], Streets.Nodes[edge.B]]);

    private static int ReachedBy(DemoStreets streets, Func<DemoEdge, bool> open)
    {
        var usable = streets.Edges.Where(open).ToList();
        var next = usable.SelectMany(edge => new[] { (edge.A, edge.B), (A: edge.B, B: edge.A) }).ToLookup(edge => edge.A, edge => edge.B);
        var reached = new HashSet<int> { usable[0].A };
        var waiting = new Stack<int>(reached);
        while (waiting.TryPop(out var node))
        {
            foreach (var neighbour in next[node].Where(reached.Add))
            {
                waiting.Push(neighbour);
            }
        }

        return reached.Count;
    }
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Areas;

/// <summary>Locating a fix beside NetTopologySuite's own locator, over every area of the tree.</summary>
public sealed class AreaLocateTests
{
    [Test]
    public void AShapeAnswersAsTheLibraryDoesInsideOutsideAndOnTheBorder([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        Geometry geometry = seed % 3 == 0 ? Several(random) : Star(random, random.Next(3, 400), hole: seed % 2 == 0);
        var shape = AreaShape.Of(geometry)!;
        var locator = new IndexedPointInAreaLocator(geometry);
        foreach (var point in Points(random, geometry))
        {
            Assert.That(shape.Locate(point.X, point.Y), Is.EqualTo(locator.Locate(point)), $"{point}");
        }
    }

    [Test]
    public void TheDeepestAreaIsFoundAsALookAtEveryAreaWouldFindIt([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var areas = new List<Area>();
        for (var id = 1; id <= 60; id++)
        {
            int? parent = id <= 3 ? null : random.Next(1, id);
            areas.Add(new Area(id, $"{random.Next(1_000_000):D6}-{id}", $"{id}", null, AreaKind.Grid, null, parent, random.Next(8) == 0 ? null : Star(random, random.Next(3, 30), hole: false)));
        }

        var tree = new AreaTree(areas, 1);
        AreaNode? lastSeen = null;
        foreach (var point in Points(random, areas.Find(area => area.Geometry is not null)!.Geometry!))
        {
            var expected = tree.Nodes
                .Where(node => node.Area.Geometry is { } geometry && new IndexedPointInAreaLocator(geometry).Locate(point) != Location.Exterior)
                .OrderByDescending(node => node.Depth).ThenBy(node => node.Enter).FirstOrDefault();
            Assert.That(tree.Locate(point.X, point.Y), Is.SameAs(expected), $"{point}");
            if (lastSeen is not { Children.Count: 0 } || new IndexedPointInAreaLocator(lastSeen.Area.Geometry).Locate(point) != Location.Interior)
            {
                Assert.That(tree.Locate(point.X, point.Y, lastSeen), Is.SameAs(expected));
                lastSeen = expected;
            }
            else
            {
                Assert.That(tree.Locate(point.X, point.Y, lastSeen), Is.SameAs(lastSeen), "who did not leave his area stays in it");
            }
        }
    }

    [Test]
    public void ACombOfTallTeethIsCutIntoFewBandsAndAnswersAsTheLibraryDoes()
    {
        const int Teeth = 20_000;
        var corners = new List<Coordinate> { new(112, 37) };
        for (var tooth = 0; tooth < Teeth; tooth++)
        {
            corners.Add(new Coordinate(112 + (tooth * 1e-5), 38));
            corners.Add(new Coordinate(112 + ((tooth + 0.5) * 1e-5), 37.001));
        }

        corners.AddRange([new(112.2, 37), new(112, 37)]);
        var comb = new Polygon(new LinearRing([.. corners]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var shape = AreaShape.Of(comb)!;
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(32 * 20 * corners.Count), "bytes: 32 an edge, each in few bands");

        var locator = new IndexedPointInAreaLocator(comb);
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var point = new Coordinate(112 + (random.NextDouble() * 0.2), 37 + random.NextDouble());
            Assert.That(shape.Locate(point.X, point.Y), Is.EqualTo(locator.Locate(point)), $"{point}");
        }
    }

    [Test]
    public void AnEmptyTreeHoldsNobody() => Assert.That(AreaTree.Empty.Locate(112.5, 37.8), Is.Null);

    /// <summary>All corners, points on edges, and points around.</summary>
    private static IEnumerable<Coordinate> Points(Random random, Geometry geometry)
    {
        var corners = geometry.Coordinates;
        var box = geometry.EnvelopeInternal;
        for (var i = 0; i < 300; i++)
        {
            var (a, b) = (corners[random.Next(corners.Length)], corners[random.Next(corners.Length)]);
            yield return a;
            yield return new Coordinate((a.X + b.X) / 2, (a.Y + b.Y) / 2);
            yield return new Coordinate(a.X + (random.Next(-3, 4) * 1e-7), a.Y);
            yield return new Coordinate(box.MinX - 0.01 + (random.NextDouble() * (box.Width + 0.02)), box.MinY - 0.01 + (random.NextDouble() * (box.Height + 0.02)));
        }

        for (var i = 1; i < corners.Length; i++)
        {
            yield return new Coordinate((corners[i - 1].X + corners[i].X) / 2, (corners[i - 1].Y + corners[i].Y) / 2);
        }
    }

    private static MultiPolygon Several(Random random) => new([Star(random, 12, hole: false), Star(random, 40, hole: true)]);

    /// <summary>Corners in 1e-7° steps around a middle; some edges lie level or upright.</summary>
    private static Polygon Star(Random random, int corners, bool hole)
    {
        var (x, y) = (112.5 + (random.Next(10) * 0.01), 37.8 + (random.Next(10) * 0.01));
        return new Polygon(Ring(random, x, y, corners, 0.02, 0.06), hole ? [Ring(random, x, y, 8, 0.005, 0.015)] : []);
    }

    private static LinearRing Ring(Random random, double x, double y, int corners, double least, double most)
    {
        var points = Enumerable.Range(0, corners).Select(i =>
        {
            var (angle, radius) = (2 * Math.PI * i / corners, least + (random.NextDouble() * (most - least)));
            var digits = random.Next(2) == 0 ? 7 : 3;
            return new Coordinate(Math.Round(x + (radius * Math.Cos(angle)), digits), Math.Round(y + (radius * Math.Sin(angle)), digits));
        }).ToList();
        return new LinearRing([.. points, points[0].Copy()]);
    }
}

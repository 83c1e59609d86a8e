using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Geo;

public sealed class TileCutterTests
{
    // About 1.2 km wide, near the demo's middle.
    private static readonly TileAddress Tile = TileAddress.At(15, 112.6, 37.84);

    [Test]
    public void ProjectsItsOwnCornersToItsUnits()
    {
        var bounds = Tile.BoundsWithBuffer();
        var (x, y) = Tile.Project(new Coordinate(bounds.MinX, bounds.MaxY));
        Assert.That(x, Is.EqualTo(-TileAddress.Buffer).Within(1e-3));
        Assert.That(y, Is.EqualTo(-TileAddress.Buffer).Within(1e-3));
        Assert.That(TileAddress.At(0, 0, 0).Project(new Coordinate(0, 0)), Is.EqualTo((2_048.0, 2_048.0)));
    }

    [Test]
    public void CutsAPolygonAroundTheTileToTheTileClockwise()
    {
        var rings = TileCutter.Rings(Tile, Box(1, 1));
        Assert.That(rings, Has.Count.EqualTo(1));
        Assert.That(rings[0].Select(p => p.X).Max() - rings[0].Select(p => p.X).Min(), Is.EqualTo(TileAddress.Extent + (2 * TileAddress.Buffer)));
        Assert.That(Twice(rings[0]), Is.Positive);
    }

    [Test]
    public void KeepsAHoleTheOtherWayRound()
    {
        var holed = (Polygon)Box(1, 1).Difference(Box(0.3, 0.3));
        var rings = TileCutter.Rings(Tile, holed);
        Assert.That(rings.Select(ring => Math.Sign(Twice(ring))), Is.EqualTo(new[] { 1, -1 }));
    }

    [Test]
    public void LeavesOutWhatIsElsewhereOrTooSmallToSee()
    {
        Assert.That(TileCutter.Rings(Tile with { X = Tile.X + 3 }, Box(0.5, 0.5)), Is.Empty);
        Assert.That(TileCutter.Rings(Tile, Box(0.0005, 0.0005)), Is.Empty);
        Assert.That(TileCutter.Point(Tile with { Y = Tile.Y - 1 }, Middle()), Is.Null);
        Assert.That(TileCutter.Lines(Tile with { X = Tile.X + 3 }, [Middle(), Middle()]), Is.Empty);
    }

    [Test]
    public void CutsALineThatLeavesAndComesBackInTwo()
    {
        var (a, b) = (At(0.3, 0.4), At(0.3, 0.6));
        Coordinate[] line = [a, At(3, 0.4), At(3, 0.6), b];
        var pieces = TileCutter.Lines(Tile, line);
        Assert.That(pieces, Has.Count.EqualTo(2));
        Assert.That(pieces.SelectMany(piece => piece).Select(p => p.X), Has.All.LessThanOrEqualTo(TileAddress.Extent + TileAddress.Buffer));
    }

    [Test]
    public void KeepsASimplifiedLineWithinAFractionOfAPixel()
    {
        var line = Enumerable.Range(0, 400).Select(n => At(n / 400.0, 0.5 + (0.2 * Math.Sin(n / 40.0)))).ToArray();
        var piece = TileCutter.Lines(Tile, line).Single();
        Assert.That(piece, Has.Length.LessThan(120));
        var drawn = new LineString([.. piece.Select(p => new Coordinate(p.X, p.Y))]);
        foreach (var at in line)
        {
            var (x, y) = Tile.Project(at);
            Assert.That(drawn.Distance(new Point(x, y)), Is.LessThan(3));
        }
    }

    private static Coordinate Middle() => At(0.5, 0.5);

    // By parts of the tile's width from its west and north.
    private static Coordinate At(double east, double south)
    {
        var box = (Tile with { Zoom = Tile.Zoom }).BoundsWithBuffer();
        var margin = (double)TileAddress.Buffer / TileAddress.Extent;
        var (width, height) = (box.Width / (1 + (2 * margin)), box.Height / (1 + (2 * margin)));
        return new Coordinate(box.MinX + ((margin + east) * width), box.MaxY - ((margin + south) * height));
    }

    private static Polygon Box(double halfWidth, double halfHeight)
    {
        Coordinate[] ring = [At(0.5 - halfWidth, 0.5 - halfHeight), At(0.5 + halfWidth, 0.5 - halfHeight), At(0.5 + halfWidth, 0.5 + halfHeight), At(0.5 - halfWidth, 0.5 + halfHeight)];
        return Wgs84.Factory.CreatePolygon([.. ring, ring[0].Copy()]);
    }

    private static long Twice((int X, int Y)[] ring) => ring.Zip([.. ring[1..], ring[0]]).Sum(pair => ((long)pair.First.X * pair.Second.Y) - ((long)pair.Second.X * pair.First.Y));
}

using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>
/// Cuts geometries to a tile with its buffer and leaves out what is too fine to see there: lines by Liang and Barsky (1984), rings by Sutherland
/// and Hodgman (1974), points by Douglas and Peucker (1973).
/// </summary>
public static class TileCutter
{
    // A quarter of a pixel of a tile drawn 512 pixels wide.
    private const double Tolerance = 2;

    // A ring this small is less than a pixel.
    private const double LeastArea = 40;

    private const double Low = -TileAddress.Buffer;
    private const double High = TileAddress.Extent + TileAddress.Buffer;

    /// <summary>The polygon's rings within the tile, each outer one clockwise on the screen and followed by its holes; not closed; none: not there.</summary>
    public static List<(int X, int Y)[]> Rings(TileAddress tile, Geometry polygons)
    {
        var rings = new List<(int X, int Y)[]>();
        for (var n = 0; n < polygons.NumGeometries; n++)
        {
            if (polygons.GetGeometryN(n) is not Polygon { IsEmpty: false } polygon || Ring(tile, polygon.ExteriorRing.Coordinates, outer: true) is not { } outer)
            {
                continue;
            }

            rings.Add(outer);
            rings.AddRange(polygon.InteriorRings.Select(hole => Ring(tile, hole.Coordinates, outer: false)).OfType<(int X, int Y)[]>());
        }

        return rings;
    }

    /// <summary>The pieces of the line within the tile.</summary>
    public static List<(int X, int Y)[]> Lines(TileAddress tile, IReadOnlyList<Coordinate> line)
    {
        var pieces = new List<(int X, int Y)[]>();
        var piece = new List<(double X, double Y)>();
        for (var n = 1; n < line.Count; n++)
        {
            if (Segment(tile.Project(line[n - 1]), tile.Project(line[n])) is not { } inside)
            {
                continue;
            }

            if (piece.Count == 0 || piece[^1] != inside.From)
            {
                End(piece, pieces);
                piece.Add(inside.From);
            }

            piece.Add(inside.To);
        }

        End(piece, pieces);
        return pieces;
    }

    /// <summary>Null outside the tile proper: a point belongs to one tile alone.</summary>
    public static (int X, int Y)? Point(TileAddress tile, Coordinate at)
    {
        var (x, y) = tile.Project(at);
        return x is >= 0 and < TileAddress.Extent && y is >= 0 and < TileAddress.Extent ? ((int)x, (int)y) : null;
    }

    private static void End(List<(double X, double Y)> piece, List<(int X, int Y)[]> pieces)
    {
        var points = Rounded(Simplified(piece));
        if (points.Length > 1)
        {
            pieces.Add(points);
        }

        piece.Clear();
    }

    private static (int X, int Y)[]? Ring(TileAddress tile, Coordinate[] closed, bool outer)
    {
        var ring = new List<(double X, double Y)>(closed.Length);
        foreach (var at in closed.AsSpan(0, closed.Length - 1))
        {
            ring.Add(tile.Project(at));
        }

        ring = Half(ring, p => p.X - Low);
        ring = Half(ring, p => High - p.X);
        ring = Half(ring, p => p.Y - Low);
        ring = Half(ring, p => High - p.Y);
        if (ring.Count < 3)
        {
            return null;
        }

        // From the corner to the point farthest off and back, so that neither end of a simplified line is the whole ring.
        var far = 0;
        for (var n = 1; n < ring.Count; n++)
        {
            far = Squared(ring[n], ring[0]) > Squared(ring[far], ring[0]) ? n : far;
        }

        List<(double X, double Y)> there = Simplified(ring[..(far + 1)]), back = Simplified([.. ring[far..], ring[0]]);
        var points = Rounded([.. there, .. back.Skip(1)]);
        points = points.Length > 1 && points[0] == points[^1] ? points[..^1] : points;
        var area = Area(points);
        if (points.Length < 3 || Math.Abs(area) < LeastArea)
        {
            return null;
        }

        if (area > 0 != outer)
        {
            Array.Reverse(points);
        }

        return points;
    }

    // The part of the ring where the distance is not negative.
    private static List<(double X, double Y)> Half(List<(double X, double Y)> ring, Func<(double X, double Y), double> distance)
    {
        var kept = new List<(double X, double Y)>(ring.Count + 4);
        for (var n = 0; n < ring.Count; n++)
        {
            var (a, b) = (ring[n], ring[(n + 1) % ring.Count]);
            var (fromA, fromB) = (distance(a), distance(b));
            if (fromA >= 0)
            {
                kept.Add(a);
            }

            if ((fromA < 0) != (fromB < 0))
            {
                var part = fromA / (fromA - fromB);
                kept.Add((a.X + ((b.X - a.X) * part), a.Y + ((b.Y - a.Y) * part)));
            }
        }

        return kept;
    }

    private static ((double X, double Y) From, (double X, double Y) To)? Segment((double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var (enter, leave) = (0.0, 1.0);
        foreach (var (step, room) in ((double, double)[])[(-dx, a.X - Low), (dx, High - a.X), (-dy, a.Y - Low), (dy, High - a.Y)])
        {
            if (step == 0 && room < 0)
            {
                return null;
            }

            if (step < 0)
            {
                enter = Math.Max(enter, room / step);
            }
            else if (step > 0)
            {
                leave = Math.Min(leave, room / step);
            }
        }

        return enter > leave
            ? null
            : (enter == 0 ? a : (a.X + (dx * enter), a.Y + (dy * enter)), leave == 1 ? b : (a.X + (dx * leave), a.Y + (dy * leave)));
    }

    private static List<(double X, double Y)> Simplified(List<(double X, double Y)> line)
    {
        if (line.Count < 3)
        {
            return [.. line];
        }

        var kept = new bool[line.Count];
        kept[0] = kept[^1] = true;
        var spans = new Stack<(int From, int To)>([(0, line.Count - 1)]);
        while (spans.TryPop(out var span))
        {
            var (worst, at) = (Tolerance, -1);
            for (var n = span.From + 1; n < span.To; n++)
            {
                var off = Math.Sqrt(ToSegment(line[n], line[span.From], line[span.To]));
                (worst, at) = off > worst ? (off, n) : (worst, at);
            }

            if (at >= 0)
            {
                kept[at] = true;
                spans.Push((span.From, at));
                spans.Push((at, span.To));
            }
        }

        return [.. line.Where((_, n) => kept[n])];
    }

    private static double ToSegment((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        var length = Squared(a, b);
        var part = length == 0 ? 0 : Math.Clamp((((p.X - a.X) * (b.X - a.X)) + ((p.Y - a.Y) * (b.Y - a.Y))) / length, 0, 1);
        return Squared(p, (a.X + ((b.X - a.X) * part), a.Y + ((b.Y - a.Y) * part)));
    }

    private static (int X, int Y)[] Rounded(List<(double X, double Y)> line)
    {
        var rounded = new List<(int X, int Y)>(line.Count);
        foreach (var (x, y) in line)
        {
            var at = ((int)Math.Round(x), (int)Math.Round(y));
            if (rounded.Count == 0 || rounded[^1] != at)
            {
                rounded.Add(at);
            }
        }

        return [.. rounded];
    }

    // Twice the area would do as well; positive is clockwise where y grows downward.
    private static double Area((int X, int Y)[] ring)
    {
        var twice = 0.0;
        for (var n = 0; n < ring.Length; n++)
        {
            var (a, b) = (ring[n], ring[(n + 1) % ring.Length]);
            twice += ((double)a.X * b.Y) - ((double)b.X * a.Y);
        }

        return twice / 2;
    }

    private static double Squared((double X, double Y) a, (double X, double Y) b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}

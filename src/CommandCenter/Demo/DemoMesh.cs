using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A convex piece of the ground; its ring of point numbers is counter-clockwise and not closed.</summary>
internal sealed class DemoFace
{
    public List<int> Ring { get; } = [];
}

/// <summary>
/// The ground, cut again and again by straight lines in flat metres. Neighbours share every point of their common border, also the one where a
/// third street ends, so that no later bending opens a gap. Each edge remembers the street that cut it.
/// </summary>
internal sealed class DemoMesh
{
    // A street that would end this near to a corner ends in the corner: crossings, not staggered junctions.
    private const double SnapMeters = 24;

    private readonly Dictionary<(int A, int B), DemoFace> _left = [];
    private readonly Dictionary<(int A, int B), int> _streets = [];

    public List<Coordinate> Points { get; } = [];

    /// <summary>Every edge once, lower point first, with its street.</summary>
    public IEnumerable<((int A, int B) Edge, int Street)> Edges => _streets.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value));

    public DemoFace Start(IReadOnlyList<(Coordinate At, int Street)> outline)
    {
        var face = new DemoFace();
        foreach (var (at, _) in outline)
        {
            face.Ring.Add(Points.Count);
            Points.Add(at);
        }

        for (var n = 0; n < outline.Count; n++)
        {
            var (a, b) = (face.Ring[n], face.Ring[(n + 1) % outline.Count]);
            _left[(a, b)] = face;
            _streets[Key(a, b)] = outline[n].Street;
        }

        return face;
    }

    public int StreetOf(int a, int b) => _streets[Key(a, b)];

    public Envelope BoxOf(DemoFace face)
    {
        var box = new Envelope();
        foreach (var point in face.Ring)
        {
            box.ExpandToInclude(Points[point]);
        }

        return box;
    }

    public Coordinate MiddleOf(DemoFace face)
    {
        var (east, north, area) = (0.0, 0.0, 0.0);
        for (var n = 0; n < face.Ring.Count; n++)
        {
            var (a, b) = (Points[face.Ring[n]], Points[face.Ring[(n + 1) % face.Ring.Count]]);
            var cross = (a.X * b.Y) - (b.X * a.Y);
            (east, north, area) = (east + ((a.X + b.X) * cross), north + ((a.Y + b.Y) * cross), area + cross);
        }

        return new Coordinate(east / (3 * area), north / (3 * area));
    }

    public double AreaOf(DemoFace face) => AreaLeftOf(face, new Coordinate(0, -1e7), new Coordinate(1, 0));

    /// <summary>Square metres of the face left of the line through a point in a direction.</summary>
    public double AreaLeftOf(DemoFace face, Coordinate through, Coordinate direction)
    {
        var twice = 0.0;
        Coordinate? first = null, last = null;
        void Add(Coordinate at)
        {
            if (first is not null)
            {
                twice += ((last!.X - first.X) * (at.Y - first.Y)) - ((at.X - first.X) * (last.Y - first.Y));
            }

            first ??= at;
            last = at;
        }

        for (var n = 0; n < face.Ring.Count; n++)
        {
            var (a, b) = (Points[face.Ring[n]], Points[face.Ring[(n + 1) % face.Ring.Count]]);
            var (sideA, sideB) = (Side(a, through, direction), Side(b, through, direction));
            if (sideA >= 0)
            {
                Add(a);
            }

            if ((sideA < 0) != (sideB < 0))
            {
                Add(Between(a, b, sideA / (sideA - sideB)));
            }
        }

        return twice / 2;
    }

    /// <summary>Cuts along a line; null when it misses the face or would leave less than <paramref name="least"/> square metres on one side.</summary>
    public (DemoFace Left, DemoFace Right)? Split(DemoFace face, Coordinate through, Coordinate direction, int street, double least)
    {
        if (Math.Min(AreaLeftOf(face, through, direction), AreaOf(face) - AreaLeftOf(face, through, direction)) < least)
        {
            return null;
        }

        var ends = new List<int>(2);
        foreach (var (a, b) in face.Ring.Zip(face.Ring.Skip(1).Append(face.Ring[0])).ToList())
        {
            var (sideA, sideB) = (Side(Points[a], through, direction), Side(Points[b], through, direction));
            if ((sideA < 0) != (sideB < 0))
            {
                ends.Add(PointOn(a, b, Between(Points[a], Points[b], sideA / (sideA - sideB))));
            }
        }

        if (ends.Count != 2)
        {
            return null;
        }

        var (from, to) = (face.Ring.IndexOf(ends[0]), face.Ring.IndexOf(ends[1]));
        if (ends[0] == ends[1] || _streets.ContainsKey(Key(ends[0], ends[1])))
        {
            return null;
        }

        var (one, other) = (Part(face.Ring, from, to), Part(face.Ring, to, from));
        if (AreaOf(one) < least || AreaOf(other) < least)
        {
            return null;
        }

        Take(one);
        Take(other);
        _streets[Key(ends[0], ends[1])] = street;
        return Side(MiddleOf(one), through, direction) > Side(MiddleOf(other), through, direction) ? (one, other) : (other, one);
    }

    // The nearer end when it is near enough, else a new point in the edge, for both faces.
    private int PointOn(int a, int b, Coordinate at)
    {
        var (toA, toB) = (at.Distance(Points[a]), at.Distance(Points[b]));
        if (Math.Min(toA, toB) < SnapMeters)
        {
            return toA < toB ? a : b;
        }

        var point = Points.Count;
        Points.Add(at);
        foreach (var (from, to) in new[] { (a, b), (b, a) })
        {
            if (_left.Remove((from, to), out var face))
            {
                face.Ring.Insert(face.Ring.IndexOf(from) + 1, point);
                _left[(from, point)] = face;
                _left[(point, to)] = face;
            }
        }

        _streets.Remove(Key(a, b), out var street);
        _streets[Key(a, point)] = street;
        _streets[Key(point, b)] = street;
        return point;
    }

    private static DemoFace Part(List<int> ring, int from, int to)
    {
        var part = new DemoFace();
        for (var n = from; ; n = (n + 1) % ring.Count)
        {
            part.Ring.Add(ring[n]);
            if (n == to)
            {
                return part;
            }
        }
    }

    private void Take(DemoFace face)
    {
        for (var n = 0; n < face.Ring.Count; n++)
        {
            _left[(face.Ring[n], face.Ring[(n + 1) % face.Ring.Count])] = face;
        }
    }

    private static double Side(Coordinate at, Coordinate through, Coordinate direction) =>
        (direction.X * (at.Y - through.Y)) - (direction.Y * (at.X - through.X));

    private static Coordinate Between(Coordinate a, Coordinate b, double part) => new(a.X + ((b.X - a.X) * part), a.Y + ((b.Y - a.Y) * part));

    private static (int A, int B) Key(int a, int b) => a < b ? (a, b) : (b, a);
}

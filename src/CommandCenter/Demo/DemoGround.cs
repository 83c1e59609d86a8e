using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>The cut ground in degrees: edges divided finely enough to bend, and the borders of any set of faces.</summary>
internal sealed class DemoGround
{
    private readonly Dictionary<(int A, int B), int[]> _between = [];
    private readonly Dictionary<DemoFace, int[]> _rings = [];

    public DemoGround(DemoMesh mesh, DemoWarp warp)
    {
        (Mesh, Warp) = (mesh, warp);
        Flat = [.. mesh.Points];
        foreach (var (edge, _) in mesh.Edges)
        {
            var (a, b) = (mesh.Points[edge.A], mesh.Points[edge.B]);
            var parts = (int)Math.Ceiling(a.Distance(b) / DemoWarp.Spacing((a.X + b.X) / 2));
            var between = new int[Math.Max(0, parts - 1)];
            for (var n = 1; n < parts; n++)
            {
                between[n - 1] = Flat.Count;
                Flat.Add(new Coordinate(a.X + ((b.X - a.X) * n / parts), a.Y + ((b.Y - a.Y) * n / parts)));
            }

            _between[edge] = between;
        }
    }

    public DemoMesh Mesh { get; }

    public DemoWarp Warp { get; }

    /// <summary>All nodes in flat metres.</summary>
    public List<Coordinate> Flat { get; }

    /// <summary>The nodes of an edge from one end to the other, both included.</summary>
    public IEnumerable<int> NodesOf(int a, int b) =>
        a < b ? [a, .. _between[(a, b)], b] : [a, .. _between[(b, a)].Reverse(), b];

    /// <summary>The nodes around a face, counter-clockwise, not closed.</summary>
    public int[] RingOf(DemoFace face)
    {
        if (!_rings.TryGetValue(face, out var ring))
        {
            var corners = face.Ring;
            _rings[face] = ring = [.. corners.SelectMany((corner, n) => NodesOf(corner, corners[(n + 1) % corners.Count]).SkipLast(1))];
        }

        return ring;
    }

    public Polygon OutlineOf(IReadOnlyList<DemoFace> faces)
    {
        var next = new Dictionary<int, int>();
        var inside = new HashSet<(int, int)>();
        foreach (var face in faces)
        {
            var ring = RingOf(face);
            for (var n = 0; n < ring.Length; n++)
            {
                inside.Add((ring[n], ring[(n + 1) % ring.Length]));
            }
        }

        foreach (var (a, b) in inside.Where(edge => !inside.Contains((edge.Item2, edge.Item1))))
        {
            if (!next.TryAdd(a, b))
            {
                throw new InvalidOperationException("An area touches itself in a point.");
            }
        }

        var start = next.Keys.Min();
        var outline = new List<Coordinate> { Warp.ToDegrees(Flat[start]) };
        for (var node = next[start]; node != start; node = next[node])
        {
            outline.Add(Warp.ToDegrees(Flat[node]));
        }

        if (outline.Count != next.Count)
        {
            throw new InvalidOperationException("An area is in two pieces.");
        }

        return Wgs84.Factory.CreatePolygon([.. outline, outline[0].Copy()]);
    }

    public Polygon Polygon(IEnumerable<Coordinate> flat)
    {
        var ring = flat.Select(Warp.ToDegrees).ToList();
        return Wgs84.Factory.CreatePolygon([.. ring, ring[0].Copy()]);
    }
}

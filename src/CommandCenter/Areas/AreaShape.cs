using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace CommandCenter.Areas;

/// <summary>
/// An area's edges in bands of latitude, so that a point is held against the few beside it and nothing is allocated. It counts crossings of a
/// ray to the east as NetTopologySuite's <see cref="RayCrossingCounter"/> does, with the same exact orientation, so the answers are the same.
/// </summary>
internal sealed class AreaShape
{
    private const int EdgesABand = 4;

    /// <summary>Long edges stand in many bands; so often on average at most, or bands are made wider.</summary>
    private const int MostRepeats = 8;

    private readonly Envelope _bounds;
    private readonly double _bandsADegree;
    private readonly int[] _first;
    private readonly Edge[] _edges;

    private AreaShape(Envelope bounds, List<Edge> edges)
    {
        _bounds = bounds;
        var bands = BandsFor(bounds, edges);
        _bandsADegree = bounds.Height > 0 ? bands / bounds.Height : 0;
        _first = new int[bands + 1];
        foreach (var edge in edges)
        {
            for (var band = BandOf(edge.South); band <= BandOf(edge.North); band++)
            {
                _first[band]++;
            }
        }

        for (int band = 0, at = 0; band < _first.Length; band++)
        {
            (_first[band], at) = (at, at + _first[band]);
        }

        _edges = new Edge[_first[^1]];
        var next = _first.ToArray();
        foreach (var edge in edges)
        {
            for (var band = BandOf(edge.South); band <= BandOf(edge.North); band++)
            {
                _edges[next[band]++] = edge;
            }
        }
    }

    /// <summary>
    /// An edge stands in one band and in as many more as its height spans, so the sum of all heights says beforehand how many bands are
    /// affordable: a comb of ten thousand tall teeth gets few, instead of being counted tooth by tooth in sixteen thousand.
    /// </summary>
    private static int BandsFor(Envelope bounds, List<Edge> edges)
    {
        var tall = edges.Sum(edge => edge.North - edge.South);
        var affordable = tall > 0 ? (MostRepeats - 1) * edges.Count * bounds.Height / tall : 1;
        return Math.Max(1, (int)Math.Min(Math.Min(edges.Count / EdgesABand, 1 << 16), affordable));
    }

    /// <summary>Null for what has no inside.</summary>
    public static AreaShape? Of(Geometry? geometry)
    {
        if (geometry is not IPolygonal || geometry.IsEmpty)
        {
            return null;
        }

        var edges = new List<Edge>(geometry.NumPoints);
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            var polygon = (Polygon)geometry.GetGeometryN(i);
            AddRing(polygon.ExteriorRing, edges);
            for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
            {
                AddRing(polygon.GetInteriorRingN(hole), edges);
            }
        }

        return new AreaShape(geometry.EnvelopeInternal, edges);
    }

    public Location Locate(double x, double y)
    {
        if (!_bounds.Contains(x, y))
        {
            return Location.Exterior;
        }

        var band = BandOf(y);
        var crossings = 0;
        foreach (ref readonly var edge in _edges.AsSpan(_first[band], _first[band + 1] - _first[band]))
        {
            if (edge.Touches(x, y, ref crossings))
            {
                return Location.Boundary;
            }
        }

        return (crossings & 1) == 1 ? Location.Interior : Location.Exterior;
    }

    /// <summary>Never falls as y rises, so that an edge stands in the band of each of its points.</summary>
    private int BandOf(double y) => Math.Clamp((int)((y - _bounds.MinY) * _bandsADegree), 0, _first.Length - 2);

    private static void AddRing(LineString ring, List<Edge> edges)
    {
        var points = ring.CoordinateSequence;
        for (var i = 1; i < points.Count; i++)
        {
            edges.Add(new Edge(points.GetX(i - 1), points.GetY(i - 1), points.GetX(i), points.GetY(i)));
        }
    }

    private readonly record struct Edge(double X1, double Y1, double X2, double Y2)
    {
        public double South => Math.Min(Y1, Y2);

        public double North => Math.Max(Y1, Y2);

        /// <summary>True when the point lies on the edge; counts the edge when the ray crosses it.</summary>
        public bool Touches(double x, double y, ref int crossings)
        {
            if (X1 < x && X2 < x)
            {
                return false;
            }

            if (x == X2 && y == Y2)
            {
                return true;
            }

            if (Y1 == y && Y2 == y)
            {
                return Math.Min(X1, X2) <= x && x <= Math.Max(X1, X2);
            }

            if ((Y1 > y && Y2 <= y) || (Y2 > y && Y1 <= y))
            {
                var side = CGAlgorithmsDD.OrientationIndex(X1, Y1, X2, Y2, x, y);
                if (side == 0)
                {
                    return true;
                }

                crossings += (Y2 < Y1 ? -side : side) > 0 ? 1 : 0;
            }

            return false;
        }
    }
}

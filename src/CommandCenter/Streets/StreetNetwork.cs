using System.Runtime.InteropServices;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Streets;

/// <summary>
/// Streets as an undirected graph, immutable: people on foot and on bicycles mind no one-way signs. Neighbours lie in one array, those of node i from
/// <c>_first[i]</c> on; a district's streets take some two megabytes. Trunk roads can be named but not travelled along.
/// </summary>
public sealed class StreetNetwork
{
    public static readonly StreetNetwork Empty = new([]);

    private readonly int[] _longitudeE7;
    private readonly int[] _latitudeE7;
    private readonly int[] _first;
    private readonly int[] _neighbours;
    private readonly float[] _meters;
    private readonly (int A, int B, int Street)[] _edges;
    private readonly StreetCells _cells;
    private readonly Func<int, StreetEnds> _endsOf;
    private readonly Func<int, bool> _isTravelled;
    private readonly Func<int, bool> _isConnected;
    private readonly Func<int, bool> _isNamed;

    public StreetNetwork(IReadOnlyList<Street> streets)
    {
        Streets = streets;
        var nodes = new Dictionary<(int, int), int>();
        List<int> longitudes = [], latitudes = [];
        var edges = new List<(int A, int B, int Street)>();
        for (var street = 0; street < streets.Count; street++)
        {
            var last = -1;
            foreach (var position in streets[street].Line)
            {
                var node = NodeOf(position);
                if (last >= 0 && last != node)
                {
                    edges.Add((last, node, street));
                }

                last = node;
            }
        }

        _longitudeE7 = [.. longitudes];
        _latitudeE7 = [.. latitudes];
        _edges = [.. edges];
        (_first, _neighbours, _meters) = Connect();
        (_endsOf, _isTravelled, _isNamed) = (EndsOf, IsTravelled, edge => streets[_edges[edge].Street].Name is not null);
        _cells = new StreetCells(_edges.Length, _endsOf);
        Parts = new StreetParts(this);
        _isConnected = edge => IsTravelled(edge) && Parts.IsLarge(_edges[edge].A);

        int NodeOf(Coordinate position)
        {
            var key = ((int)Math.Round(position.X * 1e7), (int)Math.Round(position.Y * 1e7));
            ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(nodes, key, out var known);
            if (!known)
            {
                node = longitudes.Count;
                longitudes.Add(key.Item1);
                latitudes.Add(key.Item2);
            }

            return node;
        }
    }

    public IReadOnlyList<Street> Streets { get; }

    /// <summary>Between which there is no way.</summary>
    internal StreetParts Parts { get; }

    public int NodeCount => _longitudeE7.Length;

    public int EdgeCount => _edges.Length;

    public bool IsEmpty => _edges.Length == 0;

    public Street StreetOf(StreetPlace place) => Streets[_edges[place.Edge].Street];

    /// <summary>Metres from the first node of the edge to the second.</summary>
    public float LengthOf(int edge) => MetersBetween(_edges[edge].A, _edges[edge].B);

    public (int A, int B) NodesOf(int edge) => (_edges[edge].A, _edges[edge].B);

    /// <summary>
    /// The nearest street within so many metres, of those that can be travelled along or of all; null where there is none. One that leads somewhere before a path that is connected with nothing.
    /// </summary>
    public StreetPlace? Nearest(double longitude, double latitude, double withinMeters, bool travelled = true)
    {
        var (x, y) = ((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7));
        return !travelled ? _cells.Nearest(x, y, withinMeters, _endsOf, null)
            : _cells.Nearest(x, y, withinMeters, _endsOf, _isConnected) ?? _cells.Nearest(x, y, withinMeters, _endsOf, _isTravelled);
    }

    /// <summary>The nearest street that has a name; null where there is none within so many metres.</summary>
    public (Street Street, float AwayMeters)? NearestNamed(double longitude, double latitude, double withinMeters) =>
        _cells.Nearest((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7), withinMeters, _endsOf, _isNamed) is { } place
            ? (StreetOf(place), place.AwayMeters)
            : null;

    internal ReadOnlySpan<int> NeighboursOf(int node) => _neighbours.AsSpan(_first[node].._first[node + 1]);

    internal ReadOnlySpan<float> MetersFrom(int node) => _meters.AsSpan(_first[node].._first[node + 1]);

    private bool IsTravelled(int edge) => Streets[_edges[edge].Street].Class != StreetClass.Trunk;

    private StreetEnds EndsOf(int edge)
    {
        var (a, b, _) = _edges[edge];
        return new StreetEnds(_longitudeE7[a], _latitudeE7[a], _longitudeE7[b], _latitudeE7[b]);
    }

    private float MetersBetween(int a, int b) => (float)Distance.Meters(_longitudeE7[a], _latitudeE7[a], _longitudeE7[b], _latitudeE7[b]);

    private (int[] First, int[] Neighbours, float[] Meters) Connect()
    {
        var first = new int[NodeCount + 1];
        for (var edge = 0; edge < _edges.Length; edge++)
        {
            if (IsTravelled(edge))
            {
                first[_edges[edge].A + 1]++;
                first[_edges[edge].B + 1]++;
            }
        }

        for (var node = 0; node < NodeCount; node++)
        {
            first[node + 1] += first[node];
        }

        var next = first.AsSpan(0, NodeCount).ToArray();
        var neighbours = new int[first[^1]];
        var meters = new float[first[^1]];
        for (var edge = 0; edge < _edges.Length; edge++)
        {
            if (IsTravelled(edge))
            {
                var (a, b, _) = _edges[edge];
                var length = MetersBetween(a, b);
                (neighbours[next[a]], meters[next[a]++]) = (b, length);
                (neighbours[next[b]], meters[next[b]++]) = (a, length);
            }
        }

        return (first, neighbours, meters);
    }
}

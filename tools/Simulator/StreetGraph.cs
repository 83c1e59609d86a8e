namespace CommandCenter.Simulator;

/// <summary>
/// The streets where one may walk as an undirected graph in metres east and north of their middle: no trunk road, though one may cross it where
/// streets meet it, and nothing that gets wet, bridges included. Neighbours lie in one array, those of node i from
/// <c>_first[i]</c> on, so that a city's streets take a few megabytes.
/// </summary>
public sealed class StreetGraph
{
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly double _longitude0;
    private readonly double _latitude0;
    private readonly double _cos0;
    private readonly float[] _east;
    private readonly float[] _north;
    private readonly int[] _first;
    private readonly int[] _neighbours;
    private readonly int[] _byEast;

    private StreetGraph(IReadOnlyList<double[]> nodes, IReadOnlyList<int[]> edges, WaterBodies water)
    {
        _longitude0 = nodes.Average(n => n[0]);
        _latitude0 = nodes.Average(n => n[1]);
        _cos0 = Math.Cos(_latitude0 * Math.PI / 180);
        _east = new float[nodes.Count];
        _north = new float[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            (_east[i], _north[i]) = ToMeters(nodes[i][0], nodes[i][1]);
        }

        _first = new int[nodes.Count + 1];
        var real = edges
            .Where(e => e is not [_, _, (int)StreetClass.Trunk, ..] && LengthOf(e[0], e[1]) > 0.01 && !water.Wets(nodes[e[0]], nodes[e[1]]))
            .ToList();
        foreach (var edge in real)
        {
            _first[edge[0] + 1]++;
            _first[edge[1] + 1]++;
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            _first[i + 1] += _first[i];
        }

        _neighbours = new int[real.Count * 2];
        var next = _first.AsSpan(0, nodes.Count).ToArray();
        foreach (var edge in real)
        {
            _neighbours[next[edge[0]]++] = edge[1];
            _neighbours[next[edge[1]]++] = edge[0];
        }

        // Nodes without a street lead nowhere: nobody starts there.
        _byEast = [.. Enumerable.Range(0, nodes.Count).Where(i => NeighboursOf(i).Length > 0).OrderBy(i => _east[i])];
    }

    /// <summary>Null and a sentence when these are no streets to walk.</summary>
    public static StreetGraph? Build(IReadOnlyList<double[]> nodes, IReadOnlyList<int[]> edges, out string fault, WaterBodies? water = null)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is not [var lon, var lat] || !IsPlace(lon, lat))
            {
                fault = $"street node {i}: expected [lon, lat]";
                return null;
            }
        }

        for (var i = 0; i < edges.Count; i++)
        {
            if (edges[i] is not [var a, var b, ..] || edges[i].Length > 3 || (uint)a >= (uint)nodes.Count || (uint)b >= (uint)nodes.Count)
            {
                fault = $"street edge {i}: expected two node numbers from 0 to {nodes.Count - 1}";
                return null;
            }

            if (edges[i] is [_, _, < (int)StreetClass.Path or > (int)StreetClass.Trunk])
            {
                fault = $"street edge {i}: expected a class from 0 to {(int)StreetClass.Trunk} and found {edges[i][2]}";
                return null;
            }
        }

        var graph = nodes.Count == 0 ? null : new StreetGraph(nodes, edges, water ?? WaterBodies.None);
        fault = graph is null || graph._byEast.Length == 0 ? "expected at least one street to walk along" : "";
        return fault.Length == 0 ? graph : null;
    }

    public static bool IsPlace(double longitude, double latitude) => longitude is >= -180 and <= 180 && latitude is > -85 and < 85;

    public ReadOnlySpan<int> NeighboursOf(int node) => _neighbours.AsSpan(_first[node].._first[node + 1]);

    public (float East, float North) At(int node) => (_east[node], _north[node]);

    /// <summary>Metres.</summary>
    public float LengthOf(int from, int to) => MathF.Sqrt(Squared(_east[to] - _east[from], _north[to] - _north[from]));

    public (float East, float North) ToMeters(double longitude, double latitude) =>
        ((float)((longitude - _longitude0) * MetersPerDegree * _cos0), (float)((latitude - _latitude0) * MetersPerDegree));

    public (double Longitude, double Latitude) ToDegrees(double east, double north) =>
        (_longitude0 + (east / (MetersPerDegree * _cos0)), _latitude0 + (north / MetersPerDegree));

    /// <summary>The nearest node that has a street. Looks to both sides of the place in the order of eastings, until it can get no better.</summary>
    public int Nearest(double longitude, double latitude)
    {
        var (east, north) = ToMeters(longitude, latitude);
        int low = 0, high = _byEast.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _east[_byEast[middle]] < east ? (middle + 1, high) : (low, middle);
        }

        var (best, bestSquared) = (-1, float.MaxValue);
        for (int right = low, left = low - 1; right < _byEast.Length || left >= 0; right++, left--)
        {
            var open = false;
            foreach (var place in (ReadOnlySpan<int>)[left, right])
            {
                if ((uint)place >= (uint)_byEast.Length || Squared(_east[_byEast[place]] - east, 0) >= bestSquared)
                {
                    continue;
                }

                open = true;
                var node = _byEast[place];
                var squared = Squared(_east[node] - east, _north[node] - north);
                (best, bestSquared) = squared < bestSquared ? (node, squared) : (best, bestSquared);
            }

            if (!open)
            {
                break;
            }
        }

        return best;
    }

    private static float Squared(float x, float y) => (x * x) + (y * y);
}

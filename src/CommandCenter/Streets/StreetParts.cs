namespace CommandCenter.Streets;

/// <summary>The parts of a network between which there is no way, and how long their streets are.</summary>
internal sealed class StreetParts
{
    /// <summary>A shorter part is a path in a park that the map leaves unconnected, and no place to begin a way from where there is a better one.</summary>
    private const double LargeMeters = 2_000;

    private readonly int[] _partOf;
    private readonly List<double> _meters = [];

    public StreetParts(StreetNetwork network)
    {
        _partOf = new int[network.NodeCount];
        Array.Fill(_partOf, -1);
        var open = new Stack<int>();
        for (var node = 0; node < _partOf.Length; node++)
        {
            if (_partOf[node] < 0 && !network.NeighboursOf(node).IsEmpty)
            {
                _meters.Add(Walk(network, node, _meters.Count, open));
            }
        }
    }

    public int Count => _meters.Count;

    /// <summary>Of a node that streets can be travelled from; false for any other.</summary>
    public bool IsLarge(int node) => _partOf[node] >= 0 && _meters[_partOf[node]] >= LargeMeters;

    /// <summary>Each street is met from both of its ends.</summary>
    private double Walk(StreetNetwork network, int from, int part, Stack<int> open)
    {
        var meters = 0.0;
        _partOf[from] = part;
        open.Push(from);
        while (open.TryPop(out var node))
        {
            foreach (var length in network.MetersFrom(node))
            {
                meters += length / 2;
            }

            foreach (var neighbour in network.NeighboursOf(node))
            {
                if (_partOf[neighbour] < 0)
                {
                    _partOf[neighbour] = part;
                    open.Push(neighbour);
                }
            }
        }

        return meters;
    }
}

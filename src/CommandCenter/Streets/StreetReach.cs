namespace CommandCenter.Streets;

/// <summary>
/// How far it is along streets from one place to every other, up to a bound: Dijkstra's algorithm (1959) once from the place, then each question is two look-ups.
/// Both ways are as long as each other, so that it serves for those who come to the place.
/// </summary>
public sealed class StreetReach
{
    private readonly StreetNetwork _network;
    private readonly StreetPlace _from;
    private readonly float[] _meters;

    public StreetReach(StreetNetwork network, StreetPlace from, double withinMeters)
    {
        (_network, _from) = (network, from);
        _meters = new float[network.NodeCount];
        Array.Fill(_meters, float.PositiveInfinity);
        var length = network.LengthOf(from.Edge);
        var (a, b) = network.NodesOf(from.Edge);
        var open = new PriorityQueue<int, float>();
        Offer(a, length * from.Fraction);
        Offer(b, length * (1 - from.Fraction));
        while (open.TryDequeue(out var node, out var meters))
        {
            if (meters > _meters[node])
            {
                continue; // found again by a shorter way since
            }

            var neighbours = network.NeighboursOf(node);
            var lengths = network.MetersFrom(node);
            for (var i = 0; i < neighbours.Length; i++)
            {
                Offer(neighbours[i], meters + lengths[i]);
            }
        }

        void Offer(int node, float meters)
        {
            if (meters < _meters[node] && meters <= withinMeters)
            {
                _meters[node] = meters;
                open.Enqueue(node, meters);
            }
        }
    }

    /// <summary>Metres along streets, with both ways from the street to the place itself; null when there is no way within the bound.</summary>
    public double? MetersTo(StreetPlace place)
    {
        var length = _network.LengthOf(place.Edge);
        var (a, b) = _network.NodesOf(place.Edge);
        var along = Math.Min(_meters[a] + (length * place.Fraction), _meters[b] + (length * (1 - place.Fraction)));
        along = place.Edge == _from.Edge ? Math.Min(along, length * Math.Abs(place.Fraction - _from.Fraction)) : along;
        return float.IsPositiveInfinity(along) ? null : along + place.AwayMeters + _from.AwayMeters;
    }
}

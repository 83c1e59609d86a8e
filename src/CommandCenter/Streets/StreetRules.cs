using CommandCenter.Contracts.Streets;

namespace CommandCenter.Streets;

/// <summary>What is said of streets. Pure.</summary>
public static class StreetRules
{
    public static StreetReport Report(StreetNetwork network, IReadOnlyList<StreetRefusal> refused, int refusedCount) => new(
        network.Streets.Count,
        Math.Round(Enumerable.Range(0, network.EdgeCount).Sum(edge => (double)network.LengthOf(edge)) / 1_000, 1),
        network.Streets.Count(street => street.Name is not null),
        PartsOf(network),
        refused,
        refusedCount);

    /// <summary>Parts between which there is no way along streets.</summary>
    private static int PartsOf(StreetNetwork network)
    {
        var seen = new bool[network.NodeCount];
        var open = new Stack<int>();
        var parts = 0;
        for (var node = 0; node < seen.Length; node++)
        {
            if (seen[node] || network.NeighboursOf(node).IsEmpty)
            {
                continue;
            }

            parts++;
            seen[node] = true;
            open.Push(node);
            while (open.TryPop(out var at))
            {
                foreach (var neighbour in network.NeighboursOf(at))
                {
                    if (!seen[neighbour])
                    {
                        seen[neighbour] = true;
                        open.Push(neighbour);
                    }
                }
            }
        }

        return parts;
    }
}

using CommandCenter.Contracts.Streets;

namespace CommandCenter.Streets;

/// <summary>What is said of streets. Pure.</summary>
public static class StreetRules
{
    public static StreetReport Report(StreetNetwork network, IReadOnlyList<StreetRefusal> refused, int refusedCount) => new(
        network.Streets.Count,
        Math.Round(Enumerable.Range(0, network.EdgeCount).Sum(edge => (double)network.LengthOf(edge)) / 1_000, 1),
        network.Streets.Count(street => street.Name is not null),
        network.Parts.Count,
        refused,
        refusedCount);
}

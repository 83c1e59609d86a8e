using System.Runtime.InteropServices;

namespace CommandCenter.Coverage;

/// <summary>Sums workers' days to a day of the center. The sum of the same days is the same in whatever order they come. Pure.</summary>
public sealed class DayCells
{
    private readonly Dictionary<long, CellTotal> _totals = [];

    /// <param name="cells">Of one worker, whom nothing of the same day was added of before.</param>
    public void Add(IEnumerable<CellDay> cells)
    {
        foreach (var cell in cells)
        {
            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_totals, cell.Cell.Key, out _);
            total = new CellTotal(
                cell.Cell, total.DwellMs + cell.DwellMs, total.Visits + cell.Visits, total.Passes + cell.Passes, total.Workers + 1, Math.Max(total.LastMs, cell.LastMs));
        }
    }

    /// <summary>By tile, each by square.</summary>
    public IEnumerable<(CoverageTile Tile, IReadOnlyList<CellTotal> Cells)> Tiles() => _totals.Values
        .GroupBy(total => CoverageTile.Of(total.Cell))
        .OrderBy(tile => tile.Key)
        .Select(tile => (tile.Key, (IReadOnlyList<CellTotal>)[.. tile.OrderBy(total => CoverageTile.PlaceOf(total.Cell))]));
}

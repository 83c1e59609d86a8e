using System.Runtime.InteropServices;

namespace CommandCenter.Coverage;

/// <summary>Sums workers' days to a day of the center. The sum of the same days is the same in whatever order they come. Pure.</summary>
public sealed class DayCells
{
    private readonly Dictionary<CoverageTile, TileSums> _tiles = [];

    /// <param name="cells">Of one worker, whom nothing of the same day was added of before.</param>
    public void Add(IEnumerable<CellDay> cells)
    {
        var (tile, sums) = (default(CoverageTile), (TileSums?)null);
        foreach (var cell in cells)
        {
            // Squares come row by row: most of them lie in the tile of the one before.
            var own = CoverageTile.Of(cell.Cell);
            if (sums is null || own != tile)
            {
                tile = own;
                sums = CollectionsMarshal.GetValueRefOrAddDefault(_tiles, tile, out _) ??= new TileSums();
            }

            sums.Add(cell);
        }
    }

    /// <summary>By tile, each by square.</summary>
    public IEnumerable<(CoverageTile Tile, IReadOnlyList<CellTotal> Cells)> Tiles() =>
        _tiles.OrderBy(tile => tile.Key).Select(tile => (tile.Key, (IReadOnlyList<CellTotal>)tile.Value.InOrder()));

    /// <summary>Room for the squares that somebody was in, found by their place.</summary>
    private sealed class TileSums
    {
        private readonly ushort[] _numbers = new ushort[CoverageTile.Side * CoverageTile.Side];
        private readonly List<CellTotal> _totals = [];

        public void Add(in CellDay cell)
        {
            ref var number = ref _numbers[CoverageTile.PlaceOf(cell.Cell)];
            if (number == 0)
            {
                _totals.Add(new CellTotal(cell.Cell, cell.DwellMs, cell.Visits, cell.Passes, 1, cell.LastMs));
                number = (ushort)_totals.Count;
                return;
            }

            ref var total = ref CollectionsMarshal.AsSpan(_totals)[number - 1];
            total = new CellTotal(
                cell.Cell, total.DwellMs + cell.DwellMs, total.Visits + cell.Visits, total.Passes + cell.Passes, total.Workers + 1, Math.Max(total.LastMs, cell.LastMs));
        }

        public List<CellTotal> InOrder()
        {
            var ordered = new List<CellTotal>(_totals.Count);
            foreach (var number in _numbers)
            {
                if (number > 0)
                {
                    ordered.Add(_totals[number - 1]);
                }
            }

            return ordered;
        }
    }
}

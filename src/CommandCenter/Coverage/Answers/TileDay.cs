using CommandCenter.Coverage.Ground;

namespace CommandCenter.Coverage.Answers;

/// <summary>What all workers did in a tile on a day, as answers need it: sets of squares for what happened when, columns of those with anybody for how much.</summary>
/// <param name="Visited">Squares with a visit.</param>
/// <param name="Places">Of the squares with anybody, ascending; none where only sets were asked for.</param>
/// <param name="Visits">Beside <paramref name="Places"/>.</param>
/// <param name="DwellMs">Beside <paramref name="Places"/>.</param>
public sealed record TileDay(ulong[] Visited, ushort[] Places, int[] Visits, long[] DwellMs)
{
    /// <summary>Nobody was there.</summary>
    public static readonly TileDay Nobody = new(GroundTile.NewSet(), [], [], []);

    private const int Overhead = 300;

    /// <summary>In memory, about.</summary>
    public int Bytes => ReferenceEquals(this, Nobody) ? Overhead : Overhead + (Visited.Length * sizeof(ulong)) + (Places.Length * (sizeof(ushort) + sizeof(int) + sizeof(long)));

    /// <param name="cells">Of one tile, by their place in it.</param>
    /// <param name="withColumns">How much, too.</param>
    public static TileDay Of(List<CellTotal> cells, bool withColumns)
    {
        var visited = GroundTile.NewSet();
        var count = withColumns ? cells.Count : 0;
        var (places, visits, dwell) = (new ushort[count], new int[count], new long[count]);
        for (var n = 0; n < cells.Count; n++)
        {
            var cell = cells[n];
            var place = CoverageTile.PlaceOf(cell.Cell);
            if (cell.Visits > 0)
            {
                visited[place >> CoverageTile.Bits] |= 1UL << (place & (CoverageTile.Side - 1));
            }

            if (withColumns)
            {
                (places[n], visits[n], dwell[n]) = ((ushort)place, cell.Visits, cell.DwellMs);
            }
        }

        return new TileDay(visited, places, visits, dwell);
    }
}

/// <summary>A reckoned day of an area's tiles.</summary>
/// <param name="Day">Which.</param>
/// <param name="Tiles">Beside the tiles that were asked for.</param>
public sealed record CoverageDayTiles(DateOnly Day, TileDay[] Tiles);

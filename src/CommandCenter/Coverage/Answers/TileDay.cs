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

    /// <param name="body">A stored tile.</param>
    /// <param name="withColumns">How much, too.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static TileDay Read(ReadOnlySpan<byte> body, bool withColumns)
    {
        var visited = GroundTile.NewSet();
        var cells = new TileCursor(body);
        if (!withColumns)
        {
            while (cells.MoveNextVisits())
            {
                Note(visited, cells.Place, cells.Visits);
            }

            return new TileDay(visited, [], [], []);
        }

        var (places, visits, dwell) = (new ushort[cells.Count], new int[cells.Count], new long[cells.Count]);
        for (var n = 0; cells.MoveNext(); n++)
        {
            Note(visited, cells.Place, cells.Visits);
            (places[n], visits[n], dwell[n]) = ((ushort)cells.Place, cells.Visits, cells.DwellMs);
        }

        return new TileDay(visited, places, visits, dwell);
    }

    private static void Note(ulong[] visited, int place, int visits) =>
        visited[place >> CoverageTile.Bits] |= (visits > 0 ? 1UL : 0) << (place & (CoverageTile.Side - 1));
}

/// <summary>A reckoned day of an area's tiles.</summary>
/// <param name="Day">Which.</param>
/// <param name="Tiles">Beside the tiles that were asked for.</param>
public sealed record CoverageDayTiles(DateOnly Day, TileDay[] Tiles);

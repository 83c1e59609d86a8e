using System.Buffers;
using CommandCenter.Storage;

namespace CommandCenter.Coverage;

/// <summary>
/// Bytes of a worker's day and of a day's tile: a version, how many squares, then for each the distance from the one before and its numbers, all as varints; moments count from the
/// begin of the day. The same squares are the same bytes.
/// </summary>
public static class CoverageCodec
{
    private const byte Version = 1;
    private const int MostBytesACell = 10 * 7;

    /// <param name="cells">By <see cref="CoverageCell.Key"/>.</param>
    /// <param name="dayMs">Begin of the day, ms since 1970 UTC.</param>
    public static byte[] Encode(IReadOnlyList<CellDay> cells, long dayMs) => Encode(cells.Count, (Span<byte> to, ref int at) =>
    {
        var before = default(CoverageCell);
        foreach (var cell in cells)
        {
            Varint.Write(to, ref at, Varint.ZigZag(cell.Cell.Row - before.Row));
            Varint.Write(to, ref at, Varint.ZigZag(cell.Cell.Column - before.Column));
            Varint.Write(to, ref at, (ulong)cell.DwellMs);
            Varint.Write(to, ref at, (ulong)cell.Visits);
            Varint.Write(to, ref at, (ulong)cell.Passes);
            Varint.Write(to, ref at, (ulong)(cell.LastMs - dayMs));
            before = cell.Cell;
        }
    });

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static List<CellDay> DecodeWorkerDay(ReadOnlySpan<byte> body, long dayMs)
    {
        var at = 0;
        var count = CountOf(body, ref at);
        var cells = new List<CellDay>(count);
        var (row, column) = (0L, 0L);
        for (var n = 0; n < count; n++)
        {
            row += Varint.UnZigZag(Varint.Read(body, ref at));
            column += Varint.UnZigZag(Varint.Read(body, ref at));
            var (dwell, visits, passes, last) = (Varint.Read(body, ref at), Varint.Read(body, ref at), Varint.Read(body, ref at), Varint.Read(body, ref at));
            cells.Add(new CellDay(new CoverageCell(Whole(column), Whole(row)), Whole(dwell), Whole(visits), Whole(passes), dayMs + Whole(last)));
        }

        return cells;
    }

    /// <param name="tile">That all cells lie in.</param>
    /// <param name="cells">By their place in it.</param>
    /// <param name="dayMs">Begin of the day, ms since 1970 UTC.</param>
    public static byte[] Encode(CoverageTile tile, IReadOnlyList<CellTotal> cells, long dayMs) => Encode(cells.Count, (Span<byte> to, ref int at) =>
    {
        var before = -1;
        foreach (var cell in cells)
        {
            if (CoverageTile.Of(cell.Cell) != tile)
            {
                throw new ArgumentException($"{cell.Cell} does not lie in {tile}.", nameof(cells));
            }

            var place = CoverageTile.PlaceOf(cell.Cell);
            Varint.Write(to, ref at, (ulong)(place - before - 1));
            Varint.Write(to, ref at, (ulong)cell.DwellMs);
            Varint.Write(to, ref at, (ulong)cell.Visits);
            Varint.Write(to, ref at, (ulong)cell.Passes);
            Varint.Write(to, ref at, (ulong)cell.Workers);
            Varint.Write(to, ref at, (ulong)(cell.LastMs - dayMs));
            before = place;
        }
    });

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static List<CellTotal> DecodeTile(CoverageTile tile, ReadOnlySpan<byte> body, long dayMs)
    {
        var at = 0;
        var count = CountOf(body, ref at);
        var cells = new List<CellTotal>(count);
        var place = -1L;
        for (var n = 0; n < count; n++)
        {
            place += (long)Varint.Read(body, ref at) + 1;
            if (place is < 0 or >= CoverageTile.Side * CoverageTile.Side)
            {
                throw new InvalidDataException("A square lies outside of its tile.");
            }

            var (dwell, visits, passes, workers, last) =
                (Varint.Read(body, ref at), Varint.Read(body, ref at), Varint.Read(body, ref at), Varint.Read(body, ref at), Varint.Read(body, ref at));
            cells.Add(new CellTotal(tile.CellAt((int)place), (long)Math.Min(dwell, long.MaxValue), Whole(visits), Whole(passes), Whole(workers), dayMs + Whole(last)));
        }

        return cells;
    }

    private delegate void Writing(Span<byte> to, ref int at);

    private static byte[] Encode(int count, Writing write)
    {
        var rented = ArrayPool<byte>.Shared.Rent(16 + (count * MostBytesACell));
        try
        {
            var at = 0;
            rented[at++] = Version;
            Varint.Write(rented, ref at, (ulong)count);
            write(rented, ref at);
            return rented[..at];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal static int CountOf(ReadOnlySpan<byte> body, ref int at)
    {
        if (body.Length < 2 || body[at++] != Version)
        {
            throw new InvalidDataException("These are no squares, or of a later version.");
        }

        // Each square has at least five bytes: a damaged count asks for no more memory than its body is worth.
        var count = Varint.Read(body, ref at);
        return count <= (ulong)body.Length / 5 ? (int)count : throw new InvalidDataException("There are fewer squares than it says.");
    }

    private static int Whole(ulong value) => value <= int.MaxValue ? (int)value : throw new InvalidDataException("A number is too large.");

    private static int Whole(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InvalidDataException("A number is too large.");
}

using System.Buffers;
using CommandCenter.Geo;
using CommandCenter.Storage;

namespace CommandCenter.Coverage.Answers;

/// <summary>Writes <c>application/x-coverage</c>: see docs/coverage.md for the bytes, which open pages rely on. Pure.</summary>
public static class PackedPicture
{
    public const string MediaType = "application/x-coverage";

    /// <summary>From one node of known degrees to the next.</summary>
    private const int NodeMeters = 1_600;

    private const int MostBytesANumber = Varint.MaxBytes;

    /// <param name="picture">What to write.</param>
    /// <param name="plane">That its squares lie in; null where no area has a polygon, and so no square.</param>
    public static byte[] Encode(CoveragePicture picture, GaussKruger? plane)
    {
        var to = new ArrayBufferWriter<byte>(4_096 + (picture.Squares.Length / 2));
        to.Write("CCC1"u8);
        Write(to, (ulong)picture.Meters);
        Write(to, (ulong)picture.Measure);
        Write(to, UnitOf(picture.Measure));
        Write(to, (ulong)(plane?.Epsg ?? 0));
        Write(to, Varint.ZigZag(picture.Column));
        Write(to, Varint.ZigZag(picture.Row));
        Write(to, (ulong)picture.Columns);
        Write(to, (ulong)picture.Rows);
        Write(to, (ulong)picture.Days);
        Write(to, (ulong)picture.Reckoned);
        if (picture.Columns > 0 && plane is not null)
        {
            WriteNodes(to, picture, plane);
            WriteSquares(to, picture);
        }

        return to.WrittenSpan.ToArray();
    }

    /// <summary>Seconds in steps of at most an eighth: eight to each doubling.</summary>
    public static int Stepped(int seconds)
    {
        if (seconds < 8)
        {
            return seconds;
        }

        var doublings = 31 - int.LeadingZeroCount(seconds) - 3;
        return ((doublings + 1) << 3) | ((seconds >> doublings) & 7);
    }

    /// <summary>The fewest seconds of a step.</summary>
    public static int SecondsOf(int stepped) => stepped < 8 ? stepped : ((stepped & 7) + 8) << ((stepped >> 3) - 1);

    private static ulong UnitOf(CoverageMeasure measure) => measure switch
    {
        CoverageMeasure.Visits => 10,
        CoverageMeasure.Dwell => 0,
        _ => 1,
    };

    private static void WriteNodes(ArrayBufferWriter<byte> to, CoveragePicture picture, GaussKruger plane)
    {
        var step = NodeMeters / picture.Meters;
        Write(to, (ulong)step);
        var row = default((long Longitude, long Latitude));
        for (var rows = 0; ; rows = Math.Min(rows + step, picture.Rows))
        {
            var before = row;
            for (var columns = 0; ; columns = Math.Min(columns + step, picture.Columns))
            {
                var (longitude, latitude) = picture.CornerAt(plane, columns, rows);
                var node = (Longitude: (long)Math.Round(longitude * 1e7), Latitude: (long)Math.Round(latitude * 1e7));
                Write(to, Varint.ZigZag(node.Longitude - before.Longitude));
                Write(to, Varint.ZigZag(node.Latitude - before.Latitude));
                before = node;
                row = columns == 0 ? node : row;
                if (columns == picture.Columns)
                {
                    break;
                }
            }

            if (rows == picture.Rows)
            {
                break;
            }
        }
    }

    private static void WriteSquares(ArrayBufferWriter<byte> to, CoveragePicture picture)
    {
        for (var row = 0; row < picture.Rows; row++)
        {
            var squares = picture.Squares.AsSpan(row * picture.Columns, picture.Columns);
            for (int first = 0, end; first < squares.Length; first = end)
            {
                var code = CodeOf(squares[first], picture.Measure);
                end = first + 1;
                while (end < squares.Length && CodeOf(squares[end], picture.Measure) == code)
                {
                    end++;
                }

                Write(to, ((ulong)code << 1) | (end - first > 1 ? 1UL : 0));
                if (end - first > 1)
                {
                    Write(to, (ulong)(end - first - 2));
                }
            }
        }
    }

    private static int CodeOf(int square, CoverageMeasure measure) =>
        measure == CoverageMeasure.Dwell && square >= CoveragePicture.FirstValue
            ? Stepped(square - CoveragePicture.FirstValue) + CoveragePicture.FirstValue
            : square;

    private static void Write(ArrayBufferWriter<byte> to, ulong value)
    {
        var at = 0;
        Varint.Write(to.GetSpan(MostBytesANumber), ref at, value);
        to.Advance(at);
    }
}

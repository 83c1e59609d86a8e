using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace CommandCenter.Tracks;

/// <summary>
/// Pieces into <c>track_pieces</c> by binary COPY, each row written as bytes: through the importer's typed calls, eleven a row, writing a
/// country's minute cost more than encoding it. Format: "COPY", Binary Format, in PostgreSQL's manual; big-endian.
/// </summary>
internal static class TrackCopy
{
    private const string Sql = """
        copy track_pieces (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body) from stdin (format binary)
        """;

    private const short Columns = 11;

    /// <summary>A row without its body: the number of columns, a length before each, six of 4 bytes and a real, three of 8.</summary>
    private const int RowBytes = 2 + (Columns * 4) + (7 * 4) + (3 * 8);

    private const int BufferBytes = 64 * 1024;

    /// <summary>Rows of one COPY, each to be done within the command timeout.</summary>
    private const int RowsACopy = 100_000;

    /// <summary>Signature, no flags, no extension.</summary>
    private static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Within the connection's transaction, which decides what becomes of them.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<TrackPiece> pieces, CancellationToken cancellationToken)
    {
        using var rows = pieces.GetEnumerator();
        var more = rows.MoveNext();
        while (more)
        {
            more = await CopyAsync(connection, rows, cancellationToken);
        }
    }

    /// <summary>Stands at the first row to write; false when none is left after those it wrote.</summary>
    private static async Task<bool> CopyAsync(NpgsqlConnection connection, IEnumerator<TrackPiece> rows, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var copy = await connection.BeginRawBinaryCopyAsync(Sql, cancellationToken);
            Header.CopyTo(buffer);
            var at = Header.Length;
            var more = true;
            for (var count = 0; more && count < RowsACopy; count++)
            {
                var piece = rows.Current;
                if (at + RowBytes + piece.Body.Length + 2 > buffer.Length)
                {
                    await copy.WriteAsync(buffer.AsMemory(0, at), cancellationToken);
                    at = 0;
                }

                WriteRow(piece, buffer, ref at);
                if (at + piece.Body.Length + 2 <= buffer.Length)
                {
                    piece.Body.CopyTo(buffer, at);
                    at += piece.Body.Length;
                }
                else
                {
                    await copy.WriteAsync(buffer.AsMemory(0, at), cancellationToken);
                    await copy.WriteAsync(piece.Body, cancellationToken);
                    at = 0;
                }

                more = rows.MoveNext();
            }

            BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(at), -1);
            await copy.WriteAsync(buffer.AsMemory(0, at + 2), cancellationToken);
            return more;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void WriteRow(TrackPiece piece, byte[] to, ref int at)
    {
        BinaryPrimitives.WriteInt16BigEndian(to.AsSpan(at), Columns);
        at += 2;
        Write(to, ref at, piece.WorkerId);
        Write(to, ref at, piece.HourMs);
        Write(to, ref at, piece.FirstMs);
        Write(to, ref at, piece.LastMs);
        Write(to, ref at, piece.Count);
        Write(to, ref at, piece.WestE7);
        Write(to, ref at, piece.SouthE7);
        Write(to, ref at, piece.EastE7);
        Write(to, ref at, piece.NorthE7);
        Write(to, ref at, BitConverter.SingleToInt32Bits(piece.LengthMeters));
        BinaryPrimitives.WriteInt32BigEndian(to.AsSpan(at), piece.Body.Length);
        at += 4;
    }

    private static void Write(byte[] to, ref int at, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.AsSpan(at), 4);
        BinaryPrimitives.WriteInt32BigEndian(to.AsSpan(at + 4), value);
        at += 8;
    }

    private static void Write(byte[] to, ref int at, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.AsSpan(at), 8);
        BinaryPrimitives.WriteInt64BigEndian(to.AsSpan(at + 4), value);
        at += 12;
    }
}

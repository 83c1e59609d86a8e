using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CommandCenter.Geo;

namespace CommandCenter.Tests.Geo;

/// <summary>A feature read back from a tile.</summary>
internal sealed record ReadFeature(long? Id, int Type, IReadOnlyDictionary<string, object> Attributes, IReadOnlyList<(int X, int Y)[]> Parts);

/// <summary>Reads vector tiles and PMTiles archives as their specifications have it, apart from the code that writes them.</summary>
internal static class TileReader
{
    public static Dictionary<string, List<ReadFeature>> Read(ReadOnlyMemory<byte> tile)
    {
        var layers = new Dictionary<string, List<ReadFeature>>();
        foreach (var (_, _, layer) in Fields(tile).Where(field => field.Number == 3))
        {
            var fields = Fields(layer).ToList();
            var keys = fields.Where(field => field.Number == 3).Select(field => Encoding.UTF8.GetString(field.Bytes.Span)).ToList();
            var values = fields.Where(field => field.Number == 4).Select(field => Fields(field.Bytes).Single()).Select(value =>
                value.Number == 1 ? (object)Encoding.UTF8.GetString(value.Bytes.Span) : (long)value.Value).ToList();
            Assert.That(fields.Single(field => field.Number == 15).Value, Is.EqualTo(2));
            Assert.That(fields.Single(field => field.Number == 5).Value, Is.EqualTo(4_096));
            layers.Add(
                Encoding.UTF8.GetString(fields.Single(field => field.Number == 1).Bytes.Span),
                [.. fields.Where(field => field.Number == 2).Select(field => Feature(field.Bytes, keys, values))]);
        }

        return layers;
    }

    /// <summary>The tile's bytes as they were encoded; null when the archive has none there.</summary>
    public static byte[]? Find(byte[] archive, TileAddress tile)
    {
        long At(int place) => BinaryPrimitives.ReadInt64LittleEndian(archive.AsSpan(place));
        var id = (long)PmTiles.IdOf(tile);
        var (offset, length) = (At(8), At(16));
        for (var depth = 0; depth < 3; depth++)
        {
            var entries = Directory(Unpack(archive.AsSpan((int)offset, (int)length)));
            var found = entries.LastOrDefault(entry => entry.Id <= id);
            if (found.Length == 0 || (found.Run > 0 && id >= found.Id + found.Run))
            {
                return null;
            }

            if (found.Run > 0)
            {
                return Unpack(archive.AsSpan((int)(At(56) + found.Offset), found.Length));
            }

            (offset, length) = (At(40) + found.Offset, found.Length);
        }

        throw new InvalidDataException("Directories lie too deep.");
    }

    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var all = new MemoryStream();
        gzip.CopyTo(all);
        return all.ToArray();
    }

    private static List<(long Id, long Run, int Length, long Offset)> Directory(byte[] bytes)
    {
        var at = 0;
        long Next() => (long)Varint(bytes, ref at);
        var count = (int)Next();
        var (ids, runs, lengths, offsets) = (new long[count], new long[count], new int[count], new long[count]);
        for (var n = 0; n < count; n++)
        {
            ids[n] = Next() + (n > 0 ? ids[n - 1] : 0);
        }

        for (var n = 0; n < count; n++)
        {
            runs[n] = Next();
        }

        for (var n = 0; n < count; n++)
        {
            lengths[n] = (int)Next();
        }

        for (var n = 0; n < count; n++)
        {
            var offset = Next();
            offsets[n] = offset == 0 ? offsets[n - 1] + lengths[n - 1] : offset - 1;
        }

        return [.. Enumerable.Range(0, count).Select(n => (ids[n], runs[n], lengths[n], offsets[n]))];
    }

    private static ReadFeature Feature(ReadOnlyMemory<byte> bytes, List<string> keys, List<object> values)
    {
        var fields = Fields(bytes).ToList();
        var tags = Varints(fields.Single(field => field.Number == 2).Bytes);
        var parts = new List<(int, int)[]>();
        var part = new List<(int, int)>();
        var (x, y) = (0, 0);
        var commands = new Queue<ulong>(Varints(fields.Single(field => field.Number == 4).Bytes));
        while (commands.TryDequeue(out var command))
        {
            var (kind, count) = ((int)(command & 7), (int)(command >> 3));
            if (kind == 1 && part.Count > 0)
            {
                parts.Add([.. part]);
                part.Clear();
            }

            for (var n = 0; n < count && kind != 7; n++)
            {
                (x, y) = (x + ZigZag(commands.Dequeue()), y + ZigZag(commands.Dequeue()));
                part.Add((x, y));
            }
        }

        parts.Add([.. part]);
        var id = fields.Where(field => field.Number == 1).Select(field => (long?)field.Value).FirstOrDefault();
        return new ReadFeature(
            id, (int)fields.Single(field => field.Number == 3).Value, tags.Chunk(2).ToDictionary(pair => keys[(int)pair[0]], pair => values[(int)pair[1]]), parts);
    }

    private static int ZigZag(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);

    private static List<ulong> Varints(ReadOnlyMemory<byte> bytes)
    {
        var values = new List<ulong>();
        for (var at = 0; at < bytes.Length;)
        {
            values.Add(Varint(bytes.Span, ref at));
        }

        return values;
    }

    private static IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            var value = Varint(bytes.Span, ref at);
            var isBytes = (key & 7) == 2;
            yield return ((int)(key >> 3), value, isBytes ? bytes.Slice(at, (int)value) : default);
            at += isBytes ? (int)value : 0;
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

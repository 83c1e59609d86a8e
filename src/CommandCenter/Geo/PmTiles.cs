using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>
/// Writes an archive of vector tiles in one file, PMTiles version 3: header, root directory, metadata, leaf directories, tiles along the
/// Hilbert curve; all but the header gzipped, equal tiles stored once.
/// </summary>
public static class PmTiles
{
    private const int HeaderLength = 127;

    // Header and root must be in the first 16 KiB, which readers fetch at once.
    private const int RootLimit = 16_384 - HeaderLength;
    private const int LeafEntries = 4_096;
    private const int MetadataLimit = 1 << 20;
    private const byte Gzip = 2;
    private const byte MapboxVectorTile = 1;

    /// <summary>The file is there whole or not at all.</summary>
    /// <param name="path">Replaced when it exists.</param>
    /// <param name="tiles">Encoded, not compressed; none empty.</param>
    /// <param name="metadata">A JSON object; readers of vector tiles want <c>vector_layers</c> in it.</param>
    /// <param name="bounds">Degrees.</param>
    public static void Write(string path, IEnumerable<(TileAddress Tile, byte[] Bytes)> tiles, ReadOnlySpan<byte> metadata, Envelope bounds)
    {
        var (entries, data, contents) = Arrange(tiles);
        var (root, leaves) = Directories(entries);
        var packedMetadata = Pack(metadata);
        var header = new byte[HeaderLength];
        "PMTiles"u8.CopyTo(header);
        header[7] = 3;
        var at = (ulong)HeaderLength;
        foreach (var (place, length) in new[] { (8, root.Length), (24, packedMetadata.Length), (40, leaves.Length), (56, (int)data.Length) })
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(place), at);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(place + 8), (ulong)length);
            at += (ulong)length;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(72), (ulong)entries.Sum(entry => entry.Run));
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(80), (ulong)entries.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(88), (ulong)contents);
        header[96] = 1;
        header[97] = header[98] = Gzip;
        header[99] = MapboxVectorTile;
        header[100] = (byte)(entries.Count == 0 ? 0 : ZoomOf(entries[0].Id));
        header[101] = (byte)(entries.Count == 0 ? 0 : ZoomOf(entries[^1].Id));
        foreach (var (place, degrees) in new[]
        {
            (102, bounds.MinX), (106, bounds.MinY), (110, bounds.MaxX), (114, bounds.MaxY), (119, bounds.Centre.X), (123, bounds.Centre.Y),
        })
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(place), (int)Math.Round(degrees * 1e7));
        }

        header[118] = (byte)((header[100] + header[101]) / 2);
        var draft = path + ".new";
        using (var file = File.Create(draft))
        {
            file.Write(header);
            file.Write(root);
            file.Write(packedMetadata);
            file.Write(leaves);
            data.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The archive's metadata; null when the file is missing, damaged or no such archive.</summary>
    public static JsonElement? ReadMetadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var header = new byte[HeaderLength];
            file.ReadExactly(header);
            var (offset, length) = (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(24)), BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32)));
            var end = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(56)) + BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(64));
            if (!header.AsSpan().StartsWith("PMTiles"u8) || header[7] != 3 || length > MetadataLimit || end != (ulong)file.Length)
            {
                return null;
            }

            file.Position = (long)offset;
            var packed = new byte[length];
            file.ReadExactly(packed);
            using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var document = JsonDocument.Parse(unpacked);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A tile's place along the Hilbert curves of all zooms, one after the other.</summary>
    public static ulong IdOf(TileAddress tile)
    {
        var id = ((1UL << (2 * tile.Zoom)) - 1) / 3;
        var (x, y) = ((uint)tile.X, (uint)tile.Y);
        for (var side = 1U << tile.Zoom >> 1; side > 0; side >>= 1)
        {
            var (right, down) = ((x & side) != 0 ? 1U : 0, (y & side) != 0 ? 1U : 0);
            id += (ulong)side * side * ((3 * right) ^ down);
            if (down == 0)
            {
                if (right == 1)
                {
                    (x, y) = (side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1)));
                }

                (x, y) = (y, x);
            }
        }

        return id;
    }

    private static int ZoomOf(ulong id)
    {
        var zoom = 0;
        while (((1UL << (2 * (zoom + 1))) - 1) / 3 <= id)
        {
            zoom++;
        }

        return zoom;
    }

    private static (List<Entry> Entries, MemoryStream Data, int Contents) Arrange(IEnumerable<(TileAddress Tile, byte[] Bytes)> tiles)
    {
        var entries = new List<Entry>();
        var data = new MemoryStream();
        var stored = new Dictionary<string, (long Offset, int Length)>();
        foreach (var (id, bytes) in tiles.Select(each => (Id: IdOf(each.Tile), each.Bytes)).OrderBy(each => each.Id))
        {
            var hash = Convert.ToHexString(SHA256.HashData(bytes));
            if (!stored.TryGetValue(hash, out var place))
            {
                var packed = Pack(bytes);
                stored[hash] = place = (data.Length, packed.Length);
                data.Write(packed);
            }

            if (entries.Count > 0 && entries[^1] is var last && last.Offset == place.Offset && last.Id + (ulong)last.Run == id)
            {
                entries[^1] = last with { Run = last.Run + 1 };
            }
            else
            {
                entries.Add(new Entry(id, place.Offset, place.Length, 1));
            }
        }

        return (entries, data, stored.Count);
    }

    private static (byte[] Root, byte[] Leaves) Directories(List<Entry> entries)
    {
        var root = Pack(Directory(entries));
        var leaves = new MemoryStream();
        for (var size = LeafEntries; root.Length > RootLimit; size *= 2)
        {
            leaves.SetLength(0);
            var pointers = new List<Entry>();
            foreach (var chunk in entries.Chunk(size))
            {
                var leaf = Pack(Directory(chunk));
                pointers.Add(new Entry(chunk[0].Id, leaves.Length, leaf.Length, 0));
                leaves.Write(leaf);
            }

            root = Pack(Directory(pointers));
        }

        return (root, leaves.ToArray());
    }

    private static byte[] Directory(IReadOnlyList<Entry> entries)
    {
        var bytes = new ProtobufBytes();
        bytes.Varint((ulong)entries.Count);
        var last = 0UL;
        foreach (var entry in entries)
        {
            bytes.Varint(entry.Id - last);
            last = entry.Id;
        }

        foreach (var entry in entries)
        {
            bytes.Varint((ulong)entry.Run);
        }

        foreach (var entry in entries)
        {
            bytes.Varint((ulong)entry.Length);
        }

        for (var n = 0; n < entries.Count; n++)
        {
            // 0: right after the one before.
            var follows = n > 0 && entries[n].Offset == entries[n - 1].Offset + entries[n - 1].Length;
            bytes.Varint(follows ? 0 : (ulong)entries[n].Offset + 1);
        }

        return bytes.ToArray();
    }

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private readonly record struct Entry(ulong Id, long Offset, int Length, int Run);
}

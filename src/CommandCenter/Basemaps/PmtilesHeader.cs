using System.Buffers.Binary;

namespace CommandCenter.Basemaps;

/// <summary>What the first 127 bytes of a PMTiles file say (github.com/protomaps/PMTiles, spec v3): enough to list it.</summary>
public sealed record PmtilesHeader(bool IsVector, int MinZoom, int MaxZoom)
{
    private const int Length = 127;
    private const byte VectorTiles = 1;

    /// <summary>Null when there is no such file or it is none of version 3.</summary>
    public static PmtilesHeader? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> header = stackalloc byte[Length];
            if (file.ReadAtLeast(header, Length, throwOnEndOfStream: false) < Length || !header.StartsWith("PMTiles\u0003"u8))
            {
                return null;
            }

            // Root directory, which lies within the first 16 KB: a file cut off before it is none.
            var (offset, length) = (BinaryPrimitives.ReadUInt64LittleEndian(header[8..]), BinaryPrimitives.ReadUInt64LittleEndian(header[16..]));
            return offset < (ulong)file.Length && length <= (ulong)file.Length - offset && header[100] <= header[101]
                ? new PmtilesHeader(header[99] == VectorTiles, header[100], header[101])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // the caller says that the file cannot be used
        }
    }
}

using System.IO.Compression;

namespace CommandCenter.Replay.Reading;

/// <summary>Opens a file of tracks, packed with gzip or not, and finds its reader by name, else by its first letter.</summary>
public static class TrackFile
{
    /// <summary>Null, or a sentence why the file cannot be read at all.</summary>
    public static string? Read(string path, ColumnMap map, TrackSink sink)
    {
        var file = Path.GetFileName(path);
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        sink.BeginFile(file);
        try
        {
            var isXml = Path.GetExtension(name).Equals(".gpx", StringComparison.OrdinalIgnoreCase)
                || (Path.GetExtension(name).ToLowerInvariant() is not (".plt" or ".csv" or ".tsv" or ".txt") && StartsLikeXml(path));
            using var input = Open(path);
            if (isXml)
            {
                GpxReader.Read(input, name, sink);
            }
            else if (name.EndsWith(".plt", StringComparison.OrdinalIgnoreCase))
            {
                PltReader.Read(input, name, sink);
            }
            else
            {
                CsvTrackReader.Read(input, name, map, sink);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            // Also a packed file that breaks off: what was read before stays.
            return $"{path} cannot be read: {error.Message}";
        }
    }

    private static Stream Open(string path)
    {
        var raw = File.OpenRead(path);
        var packed = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
        raw.Position = 0;
        return packed ? new BufferedStream(new GZipStream(raw, CompressionMode.Decompress), 1 << 16) : raw;
    }

    private static bool StartsLikeXml(string path)
    {
        using var input = Open(path);
        var start = new byte[64];
        var length = input.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);

        // Behind spaces and a byte order mark.
        return ((ReadOnlySpan<byte>)start.AsSpan(0, length)).TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']).StartsWith("<"u8);
    }
}

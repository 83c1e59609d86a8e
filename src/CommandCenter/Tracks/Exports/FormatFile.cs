using System.Buffers;
using System.Security.Cryptography;

namespace CommandCenter.Tracks.Exports;

/// <summary>One file of one format, written stretch by stretch to a stream.</summary>
internal static class FormatFile
{
    private const int FlushBytes = 128 * 1_024;

    public static async Task<WrittenFile> WriteAsync(
        string name, ITrackFormat format, ExportRequest request, IStretches stretches, Stream to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(2 * FlushBytes);
        var text = new ExportText(buffer);
        long bytes = 0, fixes = 0;
        format.Begin(text, request);
        await foreach (var stretch in stretches.ReadAsync(cancellationToken))
        {
            format.Add(text, stretch);
            fixes += stretch.Fixes.Count;
            if (buffer.WrittenCount >= FlushBytes)
            {
                Flush();
            }
        }

        format.End(text, stretches.Notes);
        Flush();
        return new WrittenFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), fixes);

        void Flush()
        {
            to.Write(buffer.WrittenSpan);
            hash.AppendData(buffer.WrittenSpan);
            bytes += buffer.WrittenCount;
            buffer.ResetWrittenCount();
        }
    }
}

/// <summary>A file as it stands in a case's manifest.</summary>
internal sealed record WrittenFile(string Name, long Bytes, string Sha256, long Fixes);

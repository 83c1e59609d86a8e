using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Exports;

/// <summary>
/// The stored parts that an export was made from, as they are stored, for a case: a JSON object a line, set down in a scratch file while the export is read. The body of a
/// part that holds fixes outside of the time asked for, or another worker's, is not among it: its sum is, and why.
/// </summary>
internal sealed class StoredPartLines(ExportFile file, ExportRequest request)
{
    private const int FlushBytes = 128 * 1_024;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes);
    private readonly List<Fix> _fixes = [];

    public void Add(Worker worker, StoredPart part, bool damaged)
    {
        var withheld = Withheld(worker, part);
        new ExportText(_buffer)
            .Raw("{\"worker\":"u8).Json(worker.Code)
            .Raw(",\"hourMs\":"u8).Number(part.HourMs)
            .Raw(",\"firstMs\":"u8).Number(part.FirstMs)
            .Raw(",\"lastMs\":"u8).Number(part.LastMs)
            .Raw(",\"fixes\":"u8).Number(part.Fixes)
            .Raw(damaged ? ",\"damaged\":true"u8 : ",\"damaged\":false"u8)
            .Raw(",\"sha256\":\""u8).Raw(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(part.Body))))
            .Raw("\",\"body\":"u8)
            .Raw(Encoding.ASCII.GetBytes(withheld is null ? $"\"{Convert.ToBase64String(part.Body)}\"}}\n" : $"null,\"withheld\":\"{withheld}\"}}\n"));
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>All of it, once the export was read.</summary>
    public async Task<WrittenFile> CopyAsync(string name, Stream to, CancellationToken cancellationToken)
    {
        Flush();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[FlushBytes];
        for (long at = 0; at < file.Length;)
        {
            var read = await file.ReadAsync(chunk, at, cancellationToken);
            to.Write(chunk.AsSpan(0, read));
            hash.AppendData(chunk.AsSpan(0, read));
            at += read > 0 ? read : throw new EndOfStreamException("The scratch file of a case is shorter than it was.");
        }

        return new WrittenFile(name, file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()), 0);
    }

    /// <summary>Why the body does not leave; null: it does. What the row says is not believed where the body can be read.</summary>
    private string? Withheld(Worker worker, StoredPart part)
    {
        _fixes.Clear();
        TrackCodec.TryDecode(part.Body, _fixes);
        return _fixes.Exists(fix => fix.WorkerId != worker.Id) ? "another-worker"
            : part.FirstMs < request.FromMs || part.LastMs >= request.ToMs || _fixes.Exists(fix => fix.FixTimeMs < request.FromMs || fix.FixTimeMs >= request.ToMs) ? "outside-interval"
            : null;
    }

    private void Flush()
    {
        file.Append(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}

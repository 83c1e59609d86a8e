using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Live;

/// <summary>
/// A run of <see cref="Slots"/> worker numbers of the picture as bytes: varint rows, (varint slot, varint heard ms) for each, then their
/// newest fixes as one <see cref="LogBatchCodec"/> batch.
/// </summary>
public static class PictureChunk
{
    /// <summary>Worker numbers of one chunk: three fixes each stay below 85,000 bytes.</summary>
    public const int Slots = 1_000;

    /// <summary>The chunk's bytes for the slots of <paramref name="partition"/>; null when none of them was ever heard.</summary>
    public static byte[]? Encode(PictureColumns rows, int chunk, Func<int, bool> isOfPartition, long nowMs)
    {
        var fixes = new List<Fix>();
        var heard = new List<(int Slot, long HeardMs)>();
        for (var slot = chunk * Slots; slot < Math.Min((chunk + 1) * Slots, rows.Length); slot++)
        {
            if (rows.HeardMsOf(slot) > 0 && isOfPartition(slot))
            {
                heard.Add((slot, rows.HeardMsOf(slot)));
                fixes.AddRange(rows.NewestOf(slot));
            }
        }

        if (heard.Count == 0)
        {
            return null;
        }

        var bytes = new byte[Varint.MaxBytes + (heard.Count * 2 * Varint.MaxBytes) + LogBatchCodec.HeaderBytes + (fixes.Count * LogBatchCodec.MaxFixBytes)];
        var at = 0;
        Varint.Write(bytes, ref at, (ulong)heard.Count);
        foreach (var (slot, heardMs) in heard)
        {
            Varint.Write(bytes, ref at, (ulong)slot);
            Varint.Write(bytes, ref at, (ulong)heardMs);
        }

        at += LogBatchCodec.Encode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fixes), nowMs, bytes.AsSpan(at));
        return bytes.AsSpan(0, at).ToArray();
    }

    /// <exception cref="InvalidDataException">Damaged, or of another version.</exception>
    public static (List<(int Slot, long HeardMs)> Heard, List<Fix> Fixes) Decode(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var count = Varint.Read(bytes, ref at);
        if (count > Slots)
        {
            throw new InvalidDataException($"A chunk of {count} rows.");
        }

        var heard = new List<(int, long)>((int)count);
        for (var i = 0; i < (int)count; i++)
        {
            heard.Add(((int)Varint.Read(bytes, ref at), (long)Varint.Read(bytes, ref at)));
        }

        var fixes = new List<Fix>();
        LogBatchCodec.Decode(bytes[at..], fixes);
        return (heard, fixes);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Alarms.Ledger;

/// <summary>
/// The hashes that chain an alarm's ledger (SHA-256). What a step says of people lies beside it and only its salted hash is in the chain: deleting it leaves the chain as it
/// was, and without the salt nobody can try what it said.
/// </summary>
public static class LedgerChain
{
    /// <summary>Before the first entry.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] PayloadHash(ReadOnlySpan<byte> salt, string payload) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(payload)]);

    /// <summary>Over the hash before, the alarm, number, event, time, step and actor (each with its length), and the payload's hash.</summary>
    public static byte[] Hash(byte[] previous, Guid alarm, int number, Guid eventId, long atMs, string step, string? actor, byte[] payloadHash) => SHA256.HashData(
    [
        .. previous,
        .. AlarmIds.Bytes(alarm),
        .. AlarmIds.Bytes((long)number),
        .. AlarmIds.Bytes(eventId),
        .. AlarmIds.Bytes(atMs),
        .. WithLength(step),
        .. WithLength(actor),
        .. payloadHash,
    ]);

    /// <summary>Each entry follows from the one before and from what it says, and the last is the one that the alarm's own row names.</summary>
    /// <param name="alarm">Whose ledger.</param>
    /// <param name="entries">By number.</param>
    /// <param name="count">How many the alarm's row says there are.</param>
    /// <param name="head">The last one's hash as the alarm's row has it.</param>
    public static bool IsIntact(Guid alarm, IReadOnlyList<LedgerEntry> entries, int count, byte[] head)
    {
        var previous = Start;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Number != i + 1
                || !previous.AsSpan().SequenceEqual(entry.PrevHash)
                || !Hash(previous, alarm, entry.Number, entry.EventId, entry.AtMs, entry.Step, entry.Actor, entry.PayloadSha256).AsSpan().SequenceEqual(entry.Hash)
                || (entry is { Payload: { } payload, Salt: { } salt } && !PayloadHash(salt, payload).AsSpan().SequenceEqual(entry.PayloadSha256)))
            {
                return false;
            }

            previous = entry.Hash;
        }

        return entries.Count == count && previous.AsSpan().SequenceEqual(head);
    }

    private static byte[] WithLength(string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        return [.. AlarmIds.Bytes(text is null ? -1L : bytes.Length), .. bytes];
    }
}

/// <summary>A row of the ledger with its payload, which may have been deleted.</summary>
public sealed class LedgerEntry
{
    public Guid AlarmId { get; init; }

    public int Number { get; init; }

    public Guid EventId { get; init; }

    public string Step { get; init; } = "";

    public long AtMs { get; init; }

    public string? Actor { get; init; }

    public byte[] PayloadSha256 { get; init; } = [];

    public byte[] PrevHash { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public byte[]? Salt { get; init; }

    public string? Payload { get; init; }
}

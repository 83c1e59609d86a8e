using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CommandCenter.Alarms.Ledger;

/// <summary>The last hash of an alarm's ledger when it had so many entries.</summary>
public sealed record LedgerHead(Guid Alarm, int Entries, string Hash);

/// <summary>
/// A signed list of ledgers' heads: one line of JSON, then its signature (ECDSA on P-256 with SHA-256, base64). Each names the hash of the one before, so that none can be taken
/// out unseen. Whoever writes a whole ledger anew has these against them, wherever they were copied to.
/// </summary>
public sealed record HeadFile(DateTimeOffset At, string Previous, IReadOnlyList<LedgerHead> Heads)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToText(ECDsa key)
    {
        var body = JsonSerializer.Serialize(this, Json);
        return $"{body}\n{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256))}\n";
    }

    /// <summary>Null when the signature is not this key's, or it is no such file.</summary>
    public static HeadFile? Read(string text, ECDsa key)
    {
        try
        {
            return text.Split('\n') is [var body, var signature, ""] && key.VerifyData(Encoding.UTF8.GetBytes(body), Convert.FromBase64String(signature), HashAlgorithmName.SHA256)
                ? JsonSerializer.Deserialize<HeadFile>(body, Json)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>By which the next one names a file.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

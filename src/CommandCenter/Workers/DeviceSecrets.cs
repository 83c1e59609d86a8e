using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Workers;

/// <summary>
/// Secrets of devices: 128 random bits each, so a fast hash is enough (slow ones are for what people choose).
/// </summary>
public static class DeviceSecrets
{
    /// <summary>Longer ones are not ours; the bound keeps hashing on the stack.</summary>
    public const int MaxLength = 128;

    /// <summary>128 random bits as base64url: 22 characters.</summary>
    public static string New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }

    /// <summary>False when the text cannot be a secret of ours.</summary>
    public static bool TryHash(ReadOnlySpan<char> secret, out SecretHash hash)
    {
        hash = default;
        if (secret.IsEmpty || secret.Length > MaxLength)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[MaxLength * 3];
        var length = Encoding.UTF8.GetBytes(secret, utf8);
        SHA256.HashData(utf8[..length], MemoryMarshal.AsBytes(new Span<SecretHash>(ref hash)));
        return true;
    }

    /// <summary>As for text, where the secret stands as UTF-8 already.</summary>
    public static bool TryHash(ReadOnlySpan<byte> secret, out SecretHash hash)
    {
        hash = default;
        if (secret.IsEmpty || secret.Length > MaxLength)
        {
            return false;
        }

        SHA256.HashData(secret, MemoryMarshal.AsBytes(new Span<SecretHash>(ref hash)));
        return true;
    }

    public static byte[] Hash(string secret) =>
        TryHash(secret, out var hash) ? hash.ToArray() : throw new ArgumentException("Not a secret of ours.", nameof(secret));
}

/// <summary>A SHA-256. As a key its first bits are its hash code: they are as good as random.</summary>
public readonly record struct SecretHash(ulong A, ulong B, ulong C, ulong D)
{
    public static SecretHash Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<SecretHash>(bytes);

    public override int GetHashCode() => (int)A;

    /// <summary>Takes the same time wherever they differ.</summary>
    public bool FixedTimeEquals(in SecretHash other) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(new ReadOnlySpan<SecretHash>(in this)), MemoryMarshal.AsBytes(new ReadOnlySpan<SecretHash>(in other)));

    public byte[] ToArray() => MemoryMarshal.AsBytes(new ReadOnlySpan<SecretHash>(in this)).ToArray();
}

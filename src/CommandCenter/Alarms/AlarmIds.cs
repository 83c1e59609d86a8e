using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Alarms;

/// <summary>Names of alarms and steps that follow from what they are, so that the same thing told twice, or by two nodes, has one name.</summary>
public static class AlarmIds
{
    private static readonly Guid Ours = new("6d3f0c7e-43a1-5c55-9b0e-0a9f2f6b7d11");

    /// <summary>The alarm in a protocol's report, which has no id of its own.</summary>
    public static Guid OfReport(int deviceId, long fixTimeMs, AlarmKind kind) =>
        Of(string.Create(CultureInfo.InvariantCulture, $"report/{deviceId}/{fixTimeMs}/{kind.Word()}"));

    /// <summary>Of an id that another sender's alarm has already: this sender's own.</summary>
    public static Guid Own(string source, Guid given) => Of($"own/{source}/{given:D}");

    /// <summary>The press of a sender: one step, whether it becomes an alarm or joins one.</summary>
    public static Guid Press(string source, Guid given) => Of($"press/{source}/{given:D}");

    /// <summary>A step that an alarm has at most once between two openings, or once for each <paramref name="of"/>.</summary>
    public static Guid Step(Guid alarm, AlarmStep step, int reopened, string of = "") =>
        Of(string.Create(CultureInfo.InvariantCulture, $"step/{alarm:D}/{step.Word()}/{reopened}/{of}"));

    /// <summary>A note of somebody: one step, however often it is sent.</summary>
    public static Guid Note(Guid alarm, string speaker, Guid given) => Of($"note/{alarm:D}/{speaker}/{given:D}");

    /// <summary>A file put beside an alarm.</summary>
    public static Guid Attachment(Guid alarm, Guid file) => Of($"attachment/{alarm:D}/{file:D}");

    /// <summary>A UUID of version 5 (RFC 9562, 5.5) in our name space.</summary>
    internal static Guid Of(string name)
    {
        Span<byte> space = stackalloc byte[16];
        Ours.TryWriteBytes(space, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // a name, not a secret: the RFC says SHA-1
        SHA1.HashData([.. space, .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>As bytes, in the order they are written.</summary>
    internal static byte[] Bytes(Guid id)
    {
        var bytes = new byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes;
    }

    internal static byte[] Bytes(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}

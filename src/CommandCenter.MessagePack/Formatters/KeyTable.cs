using System.Buffers;
using System.Text;

namespace MessagePack.Formatters;

/// <summary>Finds a member by its key's bytes, without making a string. Keys mostly arrive in the order they are declared, so the next one is tried first.</summary>
internal sealed class KeyTable(IReadOnlyList<PlannedMember> members)
{
    private readonly byte[][] keys = [.. members.Select(member => Encoding.UTF8.GetBytes(member.Key!))];

    /// <summary>The key as it is written, header included.</summary>
    public static byte[] Encode(string key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.Write(key);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a key; -1: no member's.</summary>
    public int Read(ref MessagePackReader reader, int expected)
    {
        if (reader.NextMessagePackType != MessagePackType.String)
        {
            reader.Skip();
            return -1;
        }

        if (reader.TryReadStringSpan(out var span))
        {
            return Find(span, expected);
        }

        // A key that lies across two segments of a pipe; nobody's key is longer than this.
        var split = reader.ReadStringSequence()!.Value;
        if (split.Length > 256)
        {
            return -1;
        }

        Span<byte> joined = stackalloc byte[256];
        split.CopyTo(joined);
        return Find(joined[..(int)split.Length], expected);
    }

    private int Find(ReadOnlySpan<byte> key, int expected)
    {
        if (expected < keys.Length && key.SequenceEqual(keys[expected]))
        {
            return expected;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (key.SequenceEqual(keys[i]))
            {
                return i;
            }
        }

        return -1;
    }
}

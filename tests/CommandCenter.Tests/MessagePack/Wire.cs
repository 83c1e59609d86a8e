using System.Buffers;
using MessagePack;

namespace CommandCenter.Tests.MessagePack;

/// <summary>Bytes in and out, whole and in pieces.</summary>
internal static class Wire
{
    public delegate void WriteAction(ref MessagePackWriter writer);

    public static string Hex(WriteAction write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return Convert.ToHexStringLower(buffer.WrittenSpan);
    }

    public static string Hex<T>(T value) => Convert.ToHexStringLower(MessagePackSerializer.Serialize(value));

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    public static T Read<T>(string hex) => MessagePackSerializer.Deserialize<T>(Bytes(hex));

    /// <summary>The same bytes as a pipe may hand them over: every <paramref name="each"/> in a segment of their own.</summary>
    public static ReadOnlySequence<byte> InSegments(byte[] bytes, int each = 1)
    {
        var first = new Segment(ReadOnlyMemory<byte>.Empty, null);
        var last = first;
        for (var from = 0; from < bytes.Length; from += each)
        {
            last = new Segment(bytes.AsMemory(from, Math.Min(each, bytes.Length - from)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}

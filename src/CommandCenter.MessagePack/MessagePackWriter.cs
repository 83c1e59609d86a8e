using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MessagePack;

/// <summary>
/// Writes MessagePack straight into a buffer writer's memory, always in the shortest form.
/// What is written becomes visible to the buffer writer with <see cref="Flush"/>.
/// </summary>
public ref partial struct MessagePackWriter
{
    private readonly IBufferWriter<byte> output;
    private Span<byte> span;
    private int buffered;

    public MessagePackWriter(IBufferWriter<byte> writer)
    {
        output = writer;
        span = default;
        buffered = 0;
    }

    /// <summary>Hands everything written so far to the buffer writer.</summary>
    public void Flush()
    {
        if (buffered > 0)
        {
            output.Advance(buffered);
            buffered = 0;
        }

        span = default;
    }

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length <= span.Length - buffered)
        {
            encoded.CopyTo(span[buffered..]);
            buffered += encoded.Length;
            return;
        }

        // Large bytes go from the caller's array into the output's own blocks, never through a block of ours.
        Flush();
        output.Write(encoded);
    }

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(scoped in ReadOnlySequence<byte> encoded)
    {
        foreach (var segment in encoded)
        {
            WriteRaw(segment.Span);
        }
    }

    public void WriteNil() => Take(1)[0] = MessagePackCode.Nil;

    public void Write(bool value) => Take(1)[0] = value ? MessagePackCode.True : MessagePackCode.False;

    public void WriteArrayHeader(int count) => WriteHeader((uint)count, MessagePackCode.MinFixArray, 15, MessagePackCode.Array16);

    public void WriteMapHeader(int count) => WriteHeader((uint)count, MessagePackCode.MinFixMap, 15, MessagePackCode.Map16);

    public void WriteBinHeader(int length)
    {
        if (length <= byte.MaxValue)
        {
            var to = Take(2);
            to[0] = MessagePackCode.Bin8;
            to[1] = (byte)length;
            return;
        }

        WriteLong(MessagePackCode.Bin16, (uint)length);
    }

    /// <summary>Writes a bin; null is nil.</summary>
    public void Write(byte[]? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        Write((ReadOnlySpan<byte>)value);
    }

    public void Write(scoped ReadOnlySpan<byte> value)
    {
        WriteBinHeader(value.Length);
        WriteRaw(value);
    }

    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        Write(value.AsSpan());
    }

    public void Write(scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Writes a str from its UTF-8 bytes.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        WriteStringHeader(utf8.Length);
        WriteRaw(utf8);
    }

    public void WriteStringHeader(int length)
    {
        if (length is > 31 and <= byte.MaxValue)
        {
            var to = Take(2);
            to[0] = MessagePackCode.Str8;
            to[1] = (byte)length;
            return;
        }

        WriteHeader((uint)length, MessagePackCode.MinFixStr, 31, MessagePackCode.Str16);
    }

    /// <summary>A count in its first byte, or after a code in two or four bytes; the four-byte code always follows the two-byte one.</summary>
    private void WriteHeader(uint count, byte fix, uint maximumFix, byte code16)
    {
        if (count <= maximumFix)
        {
            Take(1)[0] = (byte)(fix | count);
            return;
        }

        WriteLong(code16, count);
    }

    private void WriteLong(byte code16, uint count)
    {
        if (count <= ushort.MaxValue)
        {
            var to = Take(3);
            to[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)count);
            return;
        }

        var to32 = Take(5);
        to32[0] = (byte)(code16 + 1);
        BinaryPrimitives.WriteUInt32BigEndian(to32[1..], count);
    }

    /// <summary>The next <paramref name="length"/> bytes of the output, counted as written.</summary>
    private Span<byte> Take(int length)
    {
        if (span.Length - buffered < length)
        {
            Flush();
            span = output.GetSpan(length);
        }

        var taken = span.Slice(buffered, length);
        buffered += length;
        return taken;
    }
}

using System.Buffers;
using System.Text;

namespace MessagePack;

/// <summary>
/// Reads MessagePack from memory or from the segments of a pipe. Nothing that the bytes claim is believed: a header that promises
/// more than is left is refused before anything is allocated for it.
/// </summary>
/// <remarks>Every method throws <see cref="MessagePackSerializationException"/> where the input ends early or holds something else.</remarks>
public ref partial struct MessagePackReader
{
    private SequenceReader<byte> bytes;

    public MessagePackReader(ReadOnlyMemory<byte> memory)
        : this(new ReadOnlySequence<byte>(memory))
    {
    }

    public MessagePackReader(scoped in ReadOnlySequence<byte> sequence) => bytes = new SequenceReader<byte>(sequence);

    /// <summary>Bytes read so far.</summary>
    public readonly long Consumed => bytes.Consumed;

    public readonly bool End => bytes.End;

    /// <summary>Levels of nesting entered: see <see cref="MessagePackSecurity.DepthStep"/>.</summary>
    public int Depth { get; set; }

    public readonly byte NextCode => bytes.TryPeek(out var code) ? code : throw Truncated();

    public readonly MessagePackType NextMessagePackType => MessagePackCode.ToMessagePackType(NextCode);

    public readonly bool IsNil => NextCode == MessagePackCode.Nil;

    public bool TryReadNil()
    {
        if (!IsNil)
        {
            return false;
        }

        bytes.Advance(1);
        return true;
    }

    public bool ReadBoolean() => ReadCode() switch
    {
        MessagePackCode.True => true,
        MessagePackCode.False => false,
        var code => throw Unexpected(code, "a boolean"),
    };

    /// <summary>Reads an array's header; there are at least as many bytes left as it has items.</summary>
    public int ReadArrayHeader()
    {
        var code = ReadCode();
        long count = code switch
        {
            >= MessagePackCode.MinFixArray and <= MessagePackCode.MaxFixArray => code & 15,
            MessagePackCode.Array16 => ReadBigEndian(2),
            MessagePackCode.Array32 => ReadBigEndian(4),
            _ => throw Unexpected(code, "an array"),
        };
        return Bounded(count, 1);
    }

    /// <summary>Reads a map's header; there are at least twice as many bytes left as it has entries.</summary>
    public int ReadMapHeader()
    {
        var code = ReadCode();
        long count = code switch
        {
            >= MessagePackCode.MinFixMap and <= MessagePackCode.MaxFixMap => code & 15,
            MessagePackCode.Map16 => ReadBigEndian(2),
            MessagePackCode.Map32 => ReadBigEndian(4),
            _ => throw Unexpected(code, "a map"),
        };
        return Bounded(count, 2);
    }

    /// <summary>Reads a bin without copying it; nil is null.</summary>
    public ReadOnlySequence<byte>? ReadBytes()
    {
        if (TryReadNil())
        {
            return null;
        }

        var code = ReadCode();
        long length = code switch
        {
            MessagePackCode.Bin8 => ReadBigEndian(1),
            MessagePackCode.Bin16 => ReadBigEndian(2),
            MessagePackCode.Bin32 => ReadBigEndian(4),
            _ => throw Unexpected(code, "a bin"),
        };
        return Slice(length);
    }

    /// <summary>Reads a str's UTF-8 bytes without copying them; nil is null.</summary>
    public ReadOnlySequence<byte>? ReadStringSequence() => TryReadNil() ? null : Slice(ReadStringLength());

    /// <summary>Reads a str's UTF-8 bytes if they lie in one segment; otherwise nothing is read and the answer is false. Also false before a nil.</summary>
    public bool TryReadStringSpan(out ReadOnlySpan<byte> span)
    {
        span = default;
        if (IsNil)
        {
            return false;
        }

        var before = bytes;
        var length = ReadStringLength();
        if (bytes.UnreadSpan.Length < length)
        {
            if (bytes.Remaining < length)
            {
                throw Truncated();
            }

            bytes = before;
            return false;
        }

        span = bytes.UnreadSpan[..(int)length];
        bytes.Advance(length);
        return true;
    }

    public string? ReadString()
    {
        if (TryReadStringSpan(out var span))
        {
            return Encoding.UTF8.GetString(span);
        }

        return ReadStringSequence() is { } text ? Encoding.UTF8.GetString(text) : null;
    }

    private long ReadStringLength()
    {
        var code = ReadCode();
        return code switch
        {
            >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr => code & 31,
            MessagePackCode.Str8 => ReadBigEndian(1),
            MessagePackCode.Str16 => ReadBigEndian(2),
            MessagePackCode.Str32 => ReadBigEndian(4),
            _ => throw Unexpected(code, "a string"),
        };
    }

    private readonly int Bounded(long count, int leastBytesEach) =>
        count * leastBytesEach <= bytes.Remaining && count <= Array.MaxLength ? (int)count : throw Truncated();

    private ReadOnlySequence<byte> Slice(long length)
    {
        if (length > bytes.Remaining || length > Array.MaxLength)
        {
            throw Truncated();
        }

        var slice = bytes.UnreadSequence.Slice(0, length);
        bytes.Advance(length);
        return slice;
    }

    private byte ReadCode() => bytes.TryRead(out var code) ? code : throw Truncated();

    /// <summary>An unsigned integer of 1, 2, 4 or 8 bytes (8: its bits).</summary>
    private long ReadBigEndian(int length)
    {
        if (bytes.Remaining < length)
        {
            throw Truncated();
        }

        ulong value = 0;
        for (var i = 0; i < length; i++)
        {
            value = (value << 8) | ReadCode();
        }

        return (long)value;
    }

    private static MessagePackSerializationException Truncated() => new("The input ends inside a value.");

    private static MessagePackSerializationException Unexpected(byte code, string wanted) =>
        new($"Expected {wanted}, found {MessagePackCode.ToMessagePackType(code)} (0x{code:x2}).");
}

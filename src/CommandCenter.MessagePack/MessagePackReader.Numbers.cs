namespace MessagePack;

/// <summary>Numbers and times. Any integer format is read as any integer type that can hold the value.</summary>
public ref partial struct MessagePackReader
{
    public byte ReadByte() => (byte)Within(byte.MinValue, byte.MaxValue);

    public sbyte ReadSByte() => (sbyte)Within(sbyte.MinValue, sbyte.MaxValue);

    public short ReadInt16() => (short)Within(short.MinValue, short.MaxValue);

    public ushort ReadUInt16() => (ushort)Within(ushort.MinValue, ushort.MaxValue);

    public int ReadInt32() => (int)Within(int.MinValue, int.MaxValue);

    public uint ReadUInt32() => (uint)Within(uint.MinValue, uint.MaxValue);

    public char ReadChar() => (char)Within(char.MinValue, char.MaxValue);

    public long ReadInt64()
    {
        var bits = ReadInteger(out var beyondInt64);
        return beyondInt64 ? throw TooLarge((ulong)bits) : bits;
    }

    public ulong ReadUInt64()
    {
        var bits = ReadInteger(out var beyondInt64);
        return bits >= 0 || beyondInt64 ? (ulong)bits : throw new MessagePackSerializationException($"{bits} is below zero.");
    }

    public float ReadSingle() => (float)ReadDouble();

    /// <summary>Reads a float of either size, or an integer: JavaScript writes 30.0 as 30.</summary>
    public double ReadDouble()
    {
        switch (NextCode)
        {
            case MessagePackCode.Float32:
                ReadCode();
                return BitConverter.Int32BitsToSingle((int)ReadBigEndian(4));
            case MessagePackCode.Float64:
                ReadCode();
                return BitConverter.Int64BitsToDouble(ReadBigEndian(8));
            default:
                var bits = ReadInteger(out var beyondInt64);
                return beyondInt64 ? (ulong)bits : bits;
        }
    }

    /// <summary>Reads a timestamp extension of 32, 64 or 96 bits as UTC; what is finer than 100 ns is cut off.</summary>
    public DateTime ReadDateTime()
    {
        var header = ReadExtensionFormatHeader();
        if (header.TypeCode != ReservedMessagePackExtensionTypeCode.DateTime)
        {
            throw new MessagePackSerializationException($"Expected a timestamp, found extension {header.TypeCode}.");
        }

        long seconds;
        long nanoseconds;
        switch (header.Length)
        {
            case 4:
                (seconds, nanoseconds) = (ReadBigEndian(4), 0);
                break;
            case 8:
                var both = (ulong)ReadBigEndian(8);
                (seconds, nanoseconds) = ((long)(both & 0x3_ffff_ffff), (long)(both >> 34));
                break;
            case 12:
                nanoseconds = ReadBigEndian(4);
                seconds = ReadBigEndian(8);
                break;
            default:
                throw new MessagePackSerializationException($"A timestamp has 4, 8 or 12 bytes, not {header.Length}.");
        }

        if (seconds < (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond
            || seconds > (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond || nanoseconds > 999_999_999)
        {
            throw new MessagePackSerializationException($"The timestamp {seconds} s {nanoseconds} ns is out of range.");
        }

        return DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    public ExtensionHeader ReadExtensionFormatHeader()
    {
        var code = ReadCode();
        long length = code switch
        {
            >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => 1L << (code - MessagePackCode.FixExt1),
            MessagePackCode.Ext8 => ReadBigEndian(1),
            MessagePackCode.Ext16 => ReadBigEndian(2),
            MessagePackCode.Ext32 => ReadBigEndian(4),
            _ => throw Unexpected(code, "an extension"),
        };
        var type = (sbyte)ReadCode();
        return length <= bytes.Remaining ? new ExtensionHeader(type, (uint)length) : throw Truncated();
    }

    private long Within(long least, long most)
    {
        var value = ReadInt64();
        return value >= least && value <= most ? value : throw new MessagePackSerializationException($"{value} is not between {least} and {most}.");
    }

    /// <summary>The bits of the next integer; <paramref name="beyondInt64"/>: they are an unsigned number above the largest long.</summary>
    private long ReadInteger(out bool beyondInt64)
    {
        beyondInt64 = false;
        var code = ReadCode();
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt:
                return (sbyte)code;
            case MessagePackCode.UInt8:
                return ReadBigEndian(1);
            case MessagePackCode.UInt16:
                return ReadBigEndian(2);
            case MessagePackCode.UInt32:
                return ReadBigEndian(4);
            case MessagePackCode.UInt64:
                var bits = ReadBigEndian(8);
                beyondInt64 = bits < 0;
                return bits;
            case MessagePackCode.Int8:
                return (sbyte)ReadBigEndian(1);
            case MessagePackCode.Int16:
                return (short)ReadBigEndian(2);
            case MessagePackCode.Int32:
                return (int)ReadBigEndian(4);
            case MessagePackCode.Int64:
                return ReadBigEndian(8);
            default:
                throw Unexpected(code, "an integer");
        }
    }

    private static MessagePackSerializationException TooLarge(ulong value) => new($"{value} is above {long.MaxValue}.");
}

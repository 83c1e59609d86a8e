using System.Buffers.Binary;

namespace MessagePack;

/// <summary>Numbers and times.</summary>
public ref partial struct MessagePackWriter
{
    public void Write(byte value) => Write((ulong)value);

    public void Write(sbyte value) => Write((long)value);

    public void Write(short value) => Write((long)value);

    public void Write(ushort value) => Write((ulong)value);

    public void Write(int value) => Write((long)value);

    public void Write(uint value) => Write((ulong)value);

    public void Write(char value) => Write((ulong)value);

    public void Write(long value)
    {
        switch (value)
        {
            case >= 0:
                Write((ulong)value);
                break;
            case >= -32:
                Take(1)[0] = (byte)value;
                break;
            case >= sbyte.MinValue:
                var to8 = Take(2);
                to8[0] = MessagePackCode.Int8;
                to8[1] = (byte)value;
                break;
            case >= short.MinValue:
                var to16 = Take(3);
                to16[0] = MessagePackCode.Int16;
                BinaryPrimitives.WriteInt16BigEndian(to16[1..], (short)value);
                break;
            case >= int.MinValue:
                var to32 = Take(5);
                to32[0] = MessagePackCode.Int32;
                BinaryPrimitives.WriteInt32BigEndian(to32[1..], (int)value);
                break;
            default:
                var to64 = Take(9);
                to64[0] = MessagePackCode.Int64;
                BinaryPrimitives.WriteInt64BigEndian(to64[1..], value);
                break;
        }
    }

    public void Write(ulong value)
    {
        switch (value)
        {
            case <= MessagePackCode.MaxFixInt:
                Take(1)[0] = (byte)value;
                break;
            case <= byte.MaxValue:
                var to8 = Take(2);
                to8[0] = MessagePackCode.UInt8;
                to8[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                var to16 = Take(3);
                to16[0] = MessagePackCode.UInt16;
                BinaryPrimitives.WriteUInt16BigEndian(to16[1..], (ushort)value);
                break;
            case <= uint.MaxValue:
                var to32 = Take(5);
                to32[0] = MessagePackCode.UInt32;
                BinaryPrimitives.WriteUInt32BigEndian(to32[1..], (uint)value);
                break;
            default:
                var to64 = Take(9);
                to64[0] = MessagePackCode.UInt64;
                BinaryPrimitives.WriteUInt64BigEndian(to64[1..], value);
                break;
        }
    }

    public void Write(float value)
    {
        var to = Take(5);
        to[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(to[1..], value);
    }

    public void Write(double value)
    {
        var to = Take(9);
        to[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(to[1..], value);
    }

    /// <summary>Writes a timestamp extension of 32, 64 or 96 bits, whichever is the shortest. A local time becomes UTC, an unspecified one is taken as UTC.</summary>
    public void Write(DateTime value)
    {
        var sinceEpoch = (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(sinceEpoch, TimeSpan.TicksPerSecond, out var ticks);
        if (ticks < 0)
        {
            seconds--;
            ticks += TimeSpan.TicksPerSecond;
        }

        var nanoseconds = (uint)(ticks * TimeSpan.NanosecondsPerTick);
        if (seconds is < 0 or >= 1L << 34)
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 12));
            var to = Take(12);
            BinaryPrimitives.WriteUInt32BigEndian(to, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(to[4..], seconds);
        }
        else if (nanoseconds > 0 || seconds > uint.MaxValue)
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 8));
            BinaryPrimitives.WriteUInt64BigEndian(Take(8), ((ulong)nanoseconds << 34) | (ulong)seconds);
        }
        else
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 4));
            BinaryPrimitives.WriteUInt32BigEndian(Take(4), (uint)seconds);
        }
    }

    public void WriteExtensionFormatHeader(ExtensionHeader header)
    {
        byte fix = header.Length switch
        {
            1 => MessagePackCode.FixExt1,
            2 => MessagePackCode.FixExt2,
            4 => MessagePackCode.FixExt4,
            8 => MessagePackCode.FixExt8,
            16 => MessagePackCode.FixExt16,
            _ => 0,
        };
        if (fix != 0)
        {
            Take(1)[0] = fix;
        }
        else if (header.Length <= byte.MaxValue)
        {
            var to = Take(2);
            to[0] = MessagePackCode.Ext8;
            to[1] = (byte)header.Length;
        }
        else
        {
            WriteLong(MessagePackCode.Ext16, header.Length);
        }

        Take(1)[0] = (byte)header.TypeCode;
    }
}

namespace CommandCenter.Storage;

/// <summary>LEB128 variable-length integers and zigzag, as Protocol Buffers has them: small numbers take one byte.</summary>
public static class Varint
{
    public const int MaxBytes = 10;

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>Writes at <paramref name="position"/> and moves it on.</summary>
    public static void Write(Span<byte> to, ref int position, ulong value)
    {
        while (value >= 0x80)
        {
            to[position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[position++] = (byte)value;
    }

    /// <summary>Bytes that <see cref="Write"/> takes for <paramref name="value"/>.</summary>
    public static int Length(ulong value)
    {
        var length = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            length++;
        }

        return length;
    }

    /// <summary>Reads at <paramref name="position"/> and moves it on.</summary>
    /// <exception cref="InvalidDataException">The bytes end within the number or it has more than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (position >= from.Length)
            {
                throw new InvalidDataException("The bytes end within a number.");
            }

            var next = from[position++];
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number has more than 64 bits.");
    }
}

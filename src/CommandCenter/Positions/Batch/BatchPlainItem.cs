using System.Buffers.Binary;
using MessagePack;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// An item as senders write it: a small map of short names with numbers, short texts and flags, read straight from the bytes, three times as
/// fast as through the reader. Whatever else stands there is left to <see cref="BatchMessagePack"/>, which then judges the whole item.
/// </summary>
internal static class BatchPlainItem
{
    /// <summary>Reads the item at <paramref name="at"/> and moves it on; false, and nothing moved, for one that is not plain.</summary>
    /// <param name="from">The items.</param>
    /// <param name="at">Where in them.</param>
    /// <param name="item">The item without its device, which is looked up together with others'.</param>
    /// <param name="device">Where its device's name stands, UTF-8; of no length for none.</param>
    public static bool TryRead(ReadOnlySpan<byte> from, ref int at, out BatchItem item, out (int At, int Length) device)
    {
        item = default;
        device = default;
        var next = at;
        if (next >= from.Length || from[next] is not (>= MessagePackCode.MinFixMap and <= MessagePackCode.MaxFixMap))
        {
            return false;
        }

        var fields = new BatchFields(null);
        for (var members = from[next++] & 15; members > 0; members--)
        {
            if (!TryText(from, ref next, out var name) || !TryValue(from, ref next, out var value))
            {
                return false;
            }

            if (name.SequenceEqual("device"u8))
            {
                // Null says nothing, as in every field; what is no name, or an empty one, the reader judges.
                if (value.Text.IsEmpty && value.Kind != BatchValueKind.Nothing)
                {
                    return false;
                }

                device = value.Kind == BatchValueKind.Nothing ? device : (next - value.Text.Length, value.Text.Length);
                continue;
            }

            fields.Set(name, value);
        }

        at = next;
        item = fields.ToItem();
        return true;
    }

    private static bool TryText(ReadOnlySpan<byte> from, ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (at >= from.Length || from[at] is not (>= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr))
        {
            return false;
        }

        var length = from[at] & 31;
        if (from.Length - at - 1 < length)
        {
            return false;
        }

        text = from.Slice(at + 1, length);
        at += 1 + length;
        return true;
    }

    private static bool TryValue(ReadOnlySpan<byte> from, ref int at, out BatchValue value)
    {
        value = default;
        if (TryText(from, ref at, out var text))
        {
            value = BatchValue.Of(text);
            return true;
        }

        // No value is longer than nine bytes; at the very end of a body the reader takes over.
        var rest = from[Math.Min(at, from.Length)..];
        if (rest.Length < 9)
        {
            return false;
        }

        (double Number, int Length) read = rest[0] switch
        {
            <= MessagePackCode.MaxFixInt => (rest[0], 1),
            >= MessagePackCode.MinNegativeFixInt => ((sbyte)rest[0], 1),
            MessagePackCode.Float32 => (BinaryPrimitives.ReadSingleBigEndian(rest[1..]), 5),
            MessagePackCode.Float64 => (BinaryPrimitives.ReadDoubleBigEndian(rest[1..]), 9),
            MessagePackCode.UInt8 => (rest[1], 2),
            MessagePackCode.UInt16 => (BinaryPrimitives.ReadUInt16BigEndian(rest[1..]), 3),
            MessagePackCode.UInt32 => (BinaryPrimitives.ReadUInt32BigEndian(rest[1..]), 5),
            MessagePackCode.UInt64 => (BinaryPrimitives.ReadUInt64BigEndian(rest[1..]), 9),
            MessagePackCode.Int8 => ((sbyte)rest[1], 2),
            MessagePackCode.Int16 => (BinaryPrimitives.ReadInt16BigEndian(rest[1..]), 3),
            MessagePackCode.Int32 => (BinaryPrimitives.ReadInt32BigEndian(rest[1..]), 5),
            MessagePackCode.Int64 => (BinaryPrimitives.ReadInt64BigEndian(rest[1..]), 9),
            _ => (0, 0),
        };
        value = read.Length > 0 ? BatchValue.Of(read.Number) : rest[0] switch
        {
            MessagePackCode.Nil => BatchValue.Nothing,
            MessagePackCode.False => BatchValue.Of(false),
            MessagePackCode.True => BatchValue.Of(true),
            _ => default,
        };
        at += Math.Max(1, read.Length);
        return read.Length > 0 || rest[0] is MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True;
    }
}

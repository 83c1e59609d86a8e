using System.Buffers;

namespace Microsoft.AspNetCore.SignalR.Protocol;

/// <summary>A message's length before it: seven bits a byte, the lowest first, the high bit set on all but the last; at most five bytes.</summary>
internal static class HubFrame
{
    public const int MaximumPrefixBytes = 5;

    /// <summary>Takes a whole frame off the input, or leaves it alone until more has come.</summary>
    /// <exception cref="InvalidDataException">The prefix is none, or promises more than <paramref name="maximumBytes"/>.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> input, int maximumBytes, out ReadOnlySequence<byte> body)
    {
        body = default;
        var reader = new SequenceReader<byte>(input);
        ulong length = 0;
        for (var i = 0; i < MaximumPrefixBytes; i++)
        {
            if (!reader.TryRead(out var part))
            {
                return false;
            }

            length |= (ulong)(part & 0x7f) << (7 * i);
            if (part < 0x80)
            {
                return Take(ref input, reader.Consumed, length, maximumBytes, out body);
            }
        }

        throw new InvalidDataException("A message's length prefix has more than five bytes.");
    }

    /// <summary>Writes the prefix and returns its length.</summary>
    public static int WritePrefix(uint length, Span<byte> to)
    {
        var count = 0;
        while (length >= 0x80)
        {
            to[count++] = (byte)(length | 0x80);
            length >>= 7;
        }

        to[count++] = (byte)length;
        return count;
    }

    private static bool Take(ref ReadOnlySequence<byte> input, long prefixBytes, ulong length, int maximumBytes, out ReadOnlySequence<byte> body)
    {
        if (length > (ulong)maximumBytes)
        {
            throw new InvalidDataException($"A message of {length} bytes; the limit is {maximumBytes}.");
        }

        if (input.Length - prefixBytes < (long)length)
        {
            body = default;
            return false;
        }

        body = input.Slice(prefixBytes, (long)length);
        input = input.Slice(body.End);
        return true;
    }
}

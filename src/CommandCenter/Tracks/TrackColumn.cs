using CommandCenter.Storage;

namespace CommandCenter.Tracks;

/// <summary>One column of <see cref="TrackCodec"/>: a first value and the differences after it, in the shortest of three forms.</summary>
internal static class TrackColumn
{
    private const byte Constant = 0;
    private const byte Plain = 1;
    private const byte Runs = 2;

    public static void Write(Span<byte> to, ref int at, ReadOnlySpan<long> steps)
    {
        var rest = steps[1..];
        var (plain, runs) = Measure(rest);
        var form = !rest.ContainsAnyExcept(0L) ? Constant : runs < plain ? Runs : Plain;
        to[at++] = form;
        Varint.Write(to, ref at, Varint.ZigZag(steps[0]));
        if (form == Plain)
        {
            foreach (var step in rest)
            {
                Varint.Write(to, ref at, Varint.ZigZag(step));
            }
        }
        else if (form == Runs)
        {
            for (var i = 0; i < rest.Length;)
            {
                var length = RunLength(rest[i..]);
                Varint.Write(to, ref at, (ulong)length);
                Varint.Write(to, ref at, Varint.ZigZag(rest[i]));
                i += length;
            }
        }
    }

    public static void Read(ReadOnlySpan<byte> from, ref int at, Span<long> steps)
    {
        if (at >= from.Length)
        {
            throw new InvalidDataException("A column is missing.");
        }

        var form = from[at++];
        steps[0] = Varint.UnZigZag(Varint.Read(from, ref at));
        var rest = steps[1..];
        switch (form)
        {
            case Constant:
                rest.Clear();
                break;
            case Plain:
                for (var i = 0; i < rest.Length; i++)
                {
                    rest[i] = Varint.UnZigZag(Varint.Read(from, ref at));
                }

                break;
            case Runs:
                for (var i = 0; i < rest.Length;)
                {
                    var length = Varint.Read(from, ref at);
                    if (length == 0 || length > (ulong)(rest.Length - i))
                    {
                        throw new InvalidDataException("A run is longer than its column.");
                    }

                    rest.Slice(i, (int)length).Fill(Varint.UnZigZag(Varint.Read(from, ref at)));
                    i += (int)length;
                }

                break;
            default:
                throw new InvalidDataException($"A column of form {form}.");
        }
    }

    /// <summary>Moves past a column of so many values; false: there is none of that shape.</summary>
    /// <exception cref="InvalidDataException">The bytes end within a number.</exception>
    public static bool Skip(ReadOnlySpan<byte> from, ref int at, int count)
    {
        if (at >= from.Length)
        {
            return false;
        }

        var form = from[at++];
        Varint.Read(from, ref at);
        var rest = count - 1;
        switch (form)
        {
            case Constant:
                return true;
            case Plain:
                // A number ends at the first byte below 0x80.
                for (int bytes = 0; rest > 0; at++)
                {
                    if (at >= from.Length || ++bytes > Varint.MaxBytes)
                    {
                        return false;
                    }

                    if (from[at] < 0x80)
                    {
                        bytes = 0;
                        rest--;
                    }
                }

                return true;
            case Runs:
                while (rest > 0)
                {
                    var length = Varint.Read(from, ref at);
                    if (length == 0 || length > (ulong)rest)
                    {
                        return false;
                    }

                    Varint.Read(from, ref at);
                    rest -= (int)length;
                }

                return true;
            default:
                return false;
        }
    }

    private static (int Plain, int Runs) Measure(ReadOnlySpan<long> steps)
    {
        int plain = 0, runs = 0;
        for (var i = 0; i < steps.Length;)
        {
            var length = RunLength(steps[i..]);
            var bytes = Varint.Length(Varint.ZigZag(steps[i]));
            plain += length * bytes;
            runs += Varint.Length((ulong)length) + bytes;
            i += length;
        }

        return (plain, runs);
    }

    private static int RunLength(ReadOnlySpan<long> steps)
    {
        var end = steps.IndexOfAnyExcept(steps[0]);
        return end < 0 ? steps.Length : end;
    }
}

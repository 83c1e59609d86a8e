using System.Buffers;
using CommandCenter.Storage;

namespace CommandCenter.Tracks;

/// <summary>
/// One worker's fixes as bytes: what a piece or a segment holds. Lossless for <see cref="Fix"/>; columns one after another, so that
/// what stands still (battery, flags, a resting phone's place) costs almost nothing.
/// <code>
/// u8     version (1)
/// varint count, varint worker, zigzag first FixTime in ms, zigzag time unit in ms (1000 when every time is whole seconds, else 1)
/// column of time steps (differences of differences, in units), then columns longitude, latitude (differences, 1e-7 degrees),
/// speed, heading, accuracy, altitude, battery, flags, device (differences)
/// column: u8 form (0 constant: all zero after the first; 1 plain; 2 runs), zigzag first value, then
///   plain: count-1 zigzag numbers; runs: (varint length, zigzag number) until count-1 are given
/// </code>
/// </summary>
public static class TrackCodec
{
    private const byte Version = 1;
    private const int MaxCount = 1_000_000;
    private const int ColumnCount = 10;

    /// <summary>Larger tracks, which only damage makes likely, leave no large array in the pool.</summary>
    private const int MaxPooledCount = 16_384;

    /// <param name="fixes">Sorted by <see cref="FixOrder"/>, without repeats, of one worker, none a heartbeat; at least one.</param>
    public static byte[] Encode(ReadOnlySpan<Fix> fixes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(fixes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fixes.Length, MaxCount);
        var steps = ArrayPool<long>.Shared.Rent(fixes.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(64 + (fixes.Length * ColumnCount * 6) + (ColumnCount * 16));
        try
        {
            var at = 0;
            var unit = TimeUnit(fixes);
            bytes[at++] = Version;
            Varint.Write(bytes, ref at, (ulong)fixes.Length);
            Varint.Write(bytes, ref at, (ulong)fixes[0].WorkerId);
            Varint.Write(bytes, ref at, Varint.ZigZag(fixes[0].FixTimeMs));
            Varint.Write(bytes, ref at, (ulong)unit);
            for (var column = 0; column < ColumnCount; column++)
            {
                Fill(steps, fixes, column, unit);
                TrackColumn.Write(bytes, ref at, steps.AsSpan(0, fixes.Length));
            }

            return bytes.AsSpan(0, at).ToArray();
        }
        finally
        {
            ArrayPool<long>.Shared.Return(steps);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Appends the decoded fixes to <paramref name="to"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a track of a known version, or are damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, List<Fix> to)
    {
        if (bytes.IsEmpty || bytes[0] != Version)
        {
            throw new InvalidDataException($"Not a track of version {Version}.");
        }

        var at = 1;
        var count = Varint.Read(bytes, ref at);
        if (count is 0 or > MaxCount)
        {
            throw new InvalidDataException($"A track of {count} fixes.");
        }

        var workerId = Varint.Read(bytes, ref at);
        if (workerId > int.MaxValue)
        {
            throw new InvalidDataException($"A track of worker {workerId}.");
        }

        var firstTime = Varint.UnZigZag(Varint.Read(bytes, ref at));
        var unit = (long)Varint.Read(bytes, ref at);
        var n = (int)count;
        var pooled = n <= MaxPooledCount;
        var all = pooled ? ArrayPool<long>.Shared.Rent(n * ColumnCount) : new long[n * ColumnCount];
        try
        {
            for (var column = 0; column < ColumnCount; column++)
            {
                TrackColumn.Read(bytes, ref at, all.AsSpan(column * n, n));
            }

            Build(all, n, (int)workerId, firstTime, unit, to);
        }
        finally
        {
            if (pooled)
            {
                ArrayPool<long>.Shared.Return(all);
            }
        }
    }

    /// <summary>As <see cref="Decode"/>; false when the bytes are damaged, or another's than <paramref name="workerId"/>'s, and then nothing was appended.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, List<Fix> to, int? workerId = null)
    {
        var before = to.Count;
        try
        {
            Decode(bytes, to);
        }
        catch (InvalidDataException)
        {
            to.RemoveRange(before, to.Count - before);
            return false;
        }

        if (workerId is null || to[before].WorkerId == workerId)
        {
            return true;
        }

        to.RemoveRange(before, to.Count - before);
        return false;
    }

    /// <summary>
    /// Whether the bytes have the shape of a track of that worker and so many fixes: some nanoseconds a fix, for what is passed on without being decoded. A number
    /// that is another than was written is not seen; one that leads out of a column's range is for whoever decodes it.
    /// </summary>
    public static bool HasShape(ReadOnlySpan<byte> bytes, int workerId, int count)
    {
        if (bytes.IsEmpty || bytes[0] != Version || count is < 1 or > MaxCount)
        {
            return false;
        }

        try
        {
            var at = 1;
            if (Varint.Read(bytes, ref at) != (ulong)count || Varint.Read(bytes, ref at) != (ulong)workerId)
            {
                return false;
            }

            Varint.Read(bytes, ref at);
            Varint.Read(bytes, ref at);
            for (var column = 0; column < ColumnCount; column++)
            {
                if (!TrackColumn.Skip(bytes, ref at, count))
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static long TimeUnit(ReadOnlySpan<Fix> fixes)
    {
        var first = fixes[0].FixTimeMs;
        foreach (ref readonly var fix in fixes)
        {
            if ((fix.FixTimeMs - first) % 1000 != 0)
            {
                return 1;
            }
        }

        return 1000;
    }

    private static void Fill(long[] steps, ReadOnlySpan<Fix> fixes, int column, long unit)
    {
        if (column == 0)
        {
            long before = fixes[0].FixTimeMs, step = 0;
            for (var i = 0; i < fixes.Length; i++)
            {
                var next = (fixes[i].FixTimeMs - before) / unit;
                steps[i] = next - step;
                step = next;
                before = fixes[i].FixTimeMs;
            }

            return;
        }

        long previous = 0;
        for (var i = 0; i < fixes.Length; i++)
        {
            var value = Value(fixes[i], column);
            steps[i] = value - previous;
            previous = value;
        }
    }

    private static long Value(in Fix fix, int column) => column switch
    {
        1 => fix.LongitudeE7,
        2 => fix.LatitudeE7,
        3 => fix.SpeedCmps,
        4 => fix.HeadingDeci,
        5 => fix.AccuracyDm,
        6 => fix.AltitudeM,
        7 => fix.BatteryPercent,
        8 => (byte)fix.Flags,
        _ => fix.DeviceId,
    };

    private static void Build(long[] steps, int n, int workerId, long firstTime, long unit, List<Fix> to)
    {
        Span<long> value = stackalloc long[ColumnCount];
        value.Clear();
        long step = 0, time = firstTime;
        to.EnsureCapacity(to.Count + n);
        try
        {
            for (var i = 0; i < n; i++)
            {
                step += steps[i];
                time = checked(time + (step * unit));
                for (var column = 1; column < ColumnCount; column++)
                {
                    value[column] = checked(value[column] + steps[(column * n) + i]);
                }

                to.Add(checked(new Fix
                {
                    WorkerId = workerId,
                    FixTimeMs = time,
                    LongitudeE7 = (int)value[1],
                    LatitudeE7 = (int)value[2],
                    SpeedCmps = (ushort)value[3],
                    HeadingDeci = (ushort)value[4],
                    AccuracyDm = (ushort)value[5],
                    AltitudeM = (short)value[6],
                    BatteryPercent = (byte)value[7],
                    Flags = (FixFlags)(byte)value[8],
                    DeviceId = (int)value[9],
                }));
            }
        }
        catch (OverflowException e)
        {
            throw new InvalidDataException("A column of the track leaves its range.", e);
        }
    }
}

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// When requests are due at an even rate, counted from the start: an open loop, which a slow server does not slow down. What is late stays
/// due, and its answer is timed from when it was due. Times are <see cref="TimeProvider.GetTimestamp"/>'s.
/// </summary>
internal sealed class Pacer(long start, long ticksPerSecond, double requestsPerSecond)
{
    private long _taken;

    public static readonly double FlatOut = double.PositiveInfinity;

    /// <summary>True when another request is due; <paramref name="due"/> is since when.</summary>
    public bool TryTake(long now, out long due)
    {
        due = double.IsInfinity(requestsPerSecond) ? now : DueAt(_taken);
        if (due > now)
        {
            return false;
        }

        _taken++;
        return true;
    }

    /// <summary>Milliseconds until the next is due, rounded down; 0 when one is.</summary>
    public int WaitMilliseconds(long now) =>
        double.IsInfinity(requestsPerSecond) ? 0 : (int)Math.Clamp((DueAt(_taken) - now) * 1_000 / ticksPerSecond, 0, 1_000);

    /// <summary>Requests due and not taken: more than a few mean that the rate is not reached.</summary>
    public long Backlog(long now) =>
        double.IsInfinity(requestsPerSecond) ? 0 : Math.Max(0, (long)((now - start) * requestsPerSecond / ticksPerSecond) - _taken);

    private long DueAt(long number) => start + (long)(number / requestsPerSecond * ticksPerSecond);
}

namespace CommandCenter.Http;

/// <summary>
/// A token bucket in one number (the generic cell rate algorithm): what is kept is the moment at which the bucket would be full again.
/// Times are ticks of 100 ns since any moment.
/// </summary>
public readonly record struct Rate(long TicksPerToken, int Burst)
{
    public static Rate PerSecond(int tokens, int burst) => new(TimeSpan.TicksPerSecond / tokens, burst);

    public static Rate PerMinute(int tokens, int burst) => new(TimeSpan.TicksPerMinute / tokens, burst);

    /// <summary>
    /// Takes <paramref name="tokens"/> at <paramref name="now"/> from a bucket that is full again at <paramref name="fullAt"/>. Returns
    /// zero and moves <paramref name="fullAt"/> on, or returns how long to wait for as many and leaves it.
    /// </summary>
    public TimeSpan Take(ref long fullAt, int tokens, long now)
    {
        var next = Math.Max(fullAt, now) + (tokens * TicksPerToken);
        var wait = next - now - (Burst * TicksPerToken);
        if (wait > 0)
        {
            return TimeSpan.FromTicks(wait);
        }

        fullAt = next;
        return TimeSpan.Zero;
    }
}

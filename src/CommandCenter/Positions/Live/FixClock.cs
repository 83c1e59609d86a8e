namespace CommandCenter.Positions.Live;

/// <summary>When the oldest fix arrived that the latest beat brought to the picture: what a wall's frame is measured by. Costs nothing per fix.</summary>
public sealed class FixClock
{
    private long _openMs = long.MaxValue;
    private long _beatMs = long.MaxValue;

    /// <summary>When it was received, ms since 1970 UTC; <see cref="long.MaxValue"/> when the beat brought none.</summary>
    public long OldestOfBeatMs => Volatile.Read(ref _beatMs);

    /// <summary>A batch that was received then is in the picture now.</summary>
    public void Applied(long receivedAtMs)
    {
        var known = Volatile.Read(ref _openMs);
        while (receivedAtMs < known)
        {
            var seen = Interlocked.CompareExchange(ref _openMs, receivedAtMs, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }

    /// <summary>Just before the picture's beat.</summary>
    public void Beat() => Volatile.Write(ref _beatMs, Interlocked.Exchange(ref _openMs, long.MaxValue));
}

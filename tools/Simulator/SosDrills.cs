namespace CommandCenter.Simulator;

/// <summary>
/// When an SOS drill is due and who may send it. Drill k falls by chance into the beginning of the k-th stretch of one and a half
/// spacings since 1970: two are never closer than the spacing, not even when the simulator was restarted between them.
/// </summary>
public sealed class SosDrills
{
    private const int Candidates = 64;

    private readonly int _seed;
    private readonly long _spacingMs;
    private long _next;

    /// <param name="seed">Of the world.</param>
    /// <param name="spacing">The shortest time between two; zero: none at all.</param>
    /// <param name="nowMs">What was due before is left out.</param>
    public SosDrills(int seed, TimeSpan spacing, long nowMs)
    {
        _seed = seed;
        _spacingMs = (long)spacing.TotalMilliseconds;
        if (_spacingMs > 0)
        {
            _next = nowMs / StretchMs;
            _next += AtMs(_next) < nowMs ? 1 : 0;
        }
    }

    private long StretchMs => _spacingMs * 3 / 2;

    /// <summary>The number of the drill that is due now; each is taken once. One that was slept through is left out.</summary>
    public bool TryTake(long nowMs, out long drill)
    {
        drill = _next;
        if (_spacingMs == 0 || AtMs(_next) > nowMs)
        {
            return false;
        }

        var inTime = nowMs - AtMs(_next) <= _spacingMs / 20;
        _next = Math.Max(_next + 1, nowMs / StretchMs);
        return inTime;
    }

    /// <summary>ms since 1970 UTC.</summary>
    public long AtMs(long drill) => (drill * StretchMs) + (long)(DiceOf(drill).Next() * _spacingMs * 0.4);

    /// <summary>Workers by number in the order in which they are asked whether their phone can.</summary>
    public IEnumerable<int> CandidatesOf(long drill, int workers)
    {
        var dice = DiceOf(drill);
        dice.Next();
        for (var i = 0; i < Candidates; i++)
        {
            yield return (int)(dice.Next() * workers);
        }
    }

    private Dice DiceOf(long drill) => Dice.Of(_seed, drill.ToString(System.Globalization.CultureInfo.InvariantCulture), "sos");
}

using System.Numerics;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// Whose turn it is. Turns are numbered from 0 to one less than there are workers, again and again; who has a turn is spread over all areas, so that every
/// wall has news at every beat. Each fix of a worker is at least a millisecond later than the one before: two of one moment would be one fix to the server.
/// </summary>
internal sealed class FixTurns(int workers)
{
    private readonly long _stride = StrideOf(workers);
    private int _next;
    private long _lastTime;
    private long _lapEnd;

    /// <summary>The first of so many turns that follow one another, and the time of their fixes.</summary>
    public (int First, long FixTimeMs) Take(int fixes, long nowMs)
    {
        var first = _next;
        _next += fixes;

        // Who comes a second time within one request, or follows after the last, was reported at the last moment at the latest.
        var time = Math.Max(Math.Max(nowMs, _next > workers ? _lastTime + 1 : _lastTime), _lapEnd + 1);
        _lastTime = time;
        if (_next >= workers)
        {
            _next -= workers;
            _lapEnd = time;
        }

        return (first, time);
    }

    /// <param name="turn">Any from 0; those beyond the last go on from the first.</param>
    public int WorkerAt(int turn) => (int)(turn % workers * _stride % workers);

    /// <summary>About the golden section of all, and coprime to their number, so that each has one turn a lap.</summary>
    private static long StrideOf(int workers)
    {
        var stride = (long)(workers * 0.618);
        while (BigInteger.GreatestCommonDivisor(Math.Max(1, stride), workers) != 1)
        {
            stride++;
        }

        return Math.Max(1, stride);
    }
}

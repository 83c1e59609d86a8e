namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// Whose turn it is. Workers report one after another, and each fix of a worker is at least a millisecond later than the one before: two of one
/// moment would be one fix to the server.
/// </summary>
internal sealed class FixTurns(int workers)
{
    private int _next;
    private long _lastTime;
    private long _lapEnd;

    public (int First, long FixTimeMs) Take(int fixes, long nowMs)
    {
        var first = _next;
        var time = Math.Max(Math.Max(nowMs, _lastTime), _lapEnd + 1);
        _lastTime = time;
        _next += fixes;
        if (_next >= workers)
        {
            _next -= workers;

            // Who follows now has been reported at this moment at the latest.
            _lapEnd = time;
        }

        return (first, time);
    }
}

using System.Collections.Concurrent;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>
/// What was sent and what was said to it, over all stages of a run. Written by the lane's thread; others read counts of about now, and exact
/// ones once the lane has ended.
/// </summary>
internal sealed class Ledger(int workers)
{
    private readonly long[] _newestAccepted = new long[workers];
    private readonly long[] _youngestOpen = new long[workers];
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);

    /// <summary>Fixes put on the wire.</summary>
    public long Sent { get; private set; }

    public long Accepted { get; private set; }

    /// <summary>Answered 503 or 429, or not at all: the server may have them or not.</summary>
    public long Uncertain { get; private set; }

    public long Refused => _refused.Values.Sum();

    public IReadOnlyDictionary<string, long> RefusedByReason => _refused;

    /// <summary>The worker's newest accepted fix, ms since 1970 UTC; 0 when there is none.</summary>
    public long NewestOf(int worker) => Volatile.Read(ref _newestAccepted[worker]);

    public void Send(int fixes) => Sent += fixes;

    public void AcceptOne(int worker, long fixTimeMs)
    {
        Accepted++;
        ref var newest = ref _newestAccepted[worker];
        if (fixTimeMs > newest)
        {
            newest = fixTimeMs;
        }
    }

    public void Refuse(string reason, int fixes) => _refused.AddOrUpdate(reason, fixes, (_, was) => was + fixes);

    public void DoubtOne(int worker, long fixTimeMs)
    {
        Uncertain++;
        ref var youngest = ref _youngestOpen[worker];
        if (fixTimeMs > youngest)
        {
            youngest = fixTimeMs;
        }
    }

    /// <summary>Whether a wall may show this fix as the worker's newest: the newest accepted one, or one of those left open since, which may have been kept after all.</summary>
    public bool MayShow(int worker, long fixTimeMs)
    {
        var newest = NewestOf(worker);
        return fixTimeMs == newest || (fixTimeMs > newest && fixTimeMs <= Volatile.Read(ref _youngestOpen[worker]));
    }
}

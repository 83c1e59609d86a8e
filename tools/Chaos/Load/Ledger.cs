using CommandCenter.Chaos.Center;

namespace CommandCenter.Chaos.Load;

/// <summary>One fix that the server answered for, and how often it may have received it: a retry can be stored beside the first try.</summary>
public readonly record struct AnsweredFix(long FixTimeMs, int LongitudeE7, int LatitudeE7, int Tries);

/// <summary>What the senders were promised: every fix that was answered 200. The checks hold the center to it. Workers are known by their place in the list.</summary>
public sealed class Ledger(IReadOnlyList<ReportingWorker> workers)
{
    private readonly List<AnsweredFix>[] _answered = [.. workers.Select(_ => new List<AnsweredFix>())];
    private readonly long[] _newestSent = new long[workers.Count];
    private long _answeredCount;
    private long _waiting;
    private long _refused;
    private string? _refusal;

    public IReadOnlyList<ReportingWorker> Workers { get; } = workers;

    public long Answered => Interlocked.Read(ref _answeredCount);

    /// <summary>Fixes taken by a phone and not answered yet.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Fixes that the server named a reason for not keeping: none is expected.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>A phone has taken a fix: nothing shown of this worker may claim to be younger.</summary>
    public void Taken(int worker, long fixTimeMs)
    {
        Interlocked.Increment(ref _waiting);
        lock (_answered[worker])
        {
            _newestSent[worker] = Math.Max(_newestSent[worker], fixTimeMs);
        }
    }

    public void Keep(int worker, in AnsweredFix fix)
    {
        lock (_answered[worker])
        {
            _answered[worker].Add(fix);
        }

        Interlocked.Increment(ref _answeredCount);
        Interlocked.Decrement(ref _waiting);
    }

    public void Refuse(string reason)
    {
        Interlocked.Increment(ref _refused);
        Interlocked.Decrement(ref _waiting);
        Volatile.Write(ref _refusal, reason);
    }

    public long NewestSentMs(int worker)
    {
        lock (_answered[worker])
        {
            return _newestSent[worker];
        }
    }

    public AnsweredFix[] Of(int worker)
    {
        lock (_answered[worker])
        {
            return [.. _answered[worker]];
        }
    }
}

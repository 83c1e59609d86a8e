using System.Collections.Concurrent;

namespace CommandCenter.Phones;

/// <summary>What became of all fixes of all phones. A protocol that answers a bad fix with 200 counts it as accepted: the phone is not told.</summary>
public sealed class UploadCounters
{
    private const int MostReasons = 64;

    private readonly ConcurrentDictionary<string, long> _refused = new();
    private long _sent;
    private long _accepted;
    private long _retried;
    private long _dropped;

    /// <summary>Fixes put on the wire, each counted once.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Fixes put on the wire once more.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Oldest fixes lost because an offline queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public long Refused => _refused.Values.Sum();

    public IReadOnlyList<KeyValuePair<string, long>> RefusedByReason =>
        [.. _refused.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)];

    internal void CountSent(int fixes) => Interlocked.Add(ref _sent, fixes);

    internal void CountRetried(int fixes) => Interlocked.Add(ref _retried, fixes);

    internal void CountAccepted(int fixes) => Interlocked.Add(ref _accepted, fixes);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountRefused(string reason, int fixes)
    {
        if (_refused.Count >= MostReasons && !_refused.ContainsKey(reason))
        {
            reason = "other";
        }

        _refused.AddOrUpdate(reason, fixes, (_, before) => before + fixes);
    }
}

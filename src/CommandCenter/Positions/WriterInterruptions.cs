using System.Collections.Concurrent;

namespace CommandCenter.Positions;

/// <summary>Since when each partition cannot be written. It is tried every second, but said when it begins, every ten minutes, and when it is over.</summary>
internal sealed class WriterInterruptions
{
    internal static readonly TimeSpan SaidAgainAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, (long Since, long Said)> _partitions = new();

    /// <summary>Another try failed: whether that is worth a line.</summary>
    public bool MustSay(int partition, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var known = _partitions.TryGetValue(partition, out var interruption);
        if (known && time.GetElapsedTime(interruption.Said, now) < SaidAgainAfter)
        {
            return false;
        }

        _partitions[partition] = (known ? interruption.Since : now, now);
        return true;
    }

    /// <summary>A lot was stored: how long that had not been possible, null when it always was.</summary>
    public TimeSpan? End(int partition, TimeProvider time) =>
        _partitions.TryRemove(partition, out var interruption) ? time.GetElapsedTime(interruption.Since) : null;
}

using CommandCenter.Positions.Limits;

namespace CommandCenter.Positions.Refusals;

/// <summary>
/// What was refused since the last flush, per device and reason, and when devices were last heard, each the less often the more there are:
/// some 500 contacts a second go to PostgreSQL, and no more for any number of devices. Bounded by the roster times the
/// reasons, and by a fixed number of entries while PostgreSQL is away; then new ones are counted as lost, known ones still add up.
/// </summary>
public sealed class RefusalLog(int capacity = 200_000)
{
    private const int MaxDetailLength = 200;

    /// <summary>A device's contact is noted again after so long for each device there is: 20 s in a district, 3 min in a city.</summary>
    private const long MillisecondsADevice = 2;

    private readonly Lock _lock = new();
    private readonly DeviceNumbers _noted = new();
    private int _devices;
    private Dictionary<RefusalKey, RefusalCount> _counts = [];
    private Dictionary<int, long> _seen = [];
    private long _lost;

    /// <summary>Counts that found no room.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Add(int deviceId, Refusal reason, int count, long atMs, string? detail)
    {
        lock (_lock)
        {
            Merge(_counts, new RefusalKey(deviceId, reason), new RefusalCount(count, atMs, Clip(detail)));
        }
    }

    public void Seen(int deviceId, long atMs)
    {
        ref var noted = ref _noted[deviceId];
        var before = Volatile.Read(ref noted);
        if (before != 0 && atMs - before < MillisecondsADevice * Volatile.Read(ref _devices))
        {
            return;
        }

        if (before == 0)
        {
            Interlocked.Increment(ref _devices);
        }

        Volatile.Write(ref noted, atMs);
        lock (_lock)
        {
            MergeSeen(deviceId, atMs);
        }
    }

    /// <summary>To have at hand what <see cref="Seen"/> will need; nothing of use.</summary>
    internal long Fetch(int deviceId) => _noted[deviceId];

    /// <summary>Hands over all counts and starts afresh.</summary>
    public RefusalBatch Drain()
    {
        lock (_lock)
        {
            var batch = new RefusalBatch(_counts, _seen);
            (_counts, _seen) = ([], []);
            return batch;
        }
    }

    /// <summary>Puts back what could not be stored.</summary>
    public void Return(RefusalBatch batch)
    {
        lock (_lock)
        {
            foreach (var (key, count) in batch.Counts)
            {
                Merge(_counts, key, count);
            }

            foreach (var (device, at) in batch.LastHeardMs)
            {
                MergeSeen(device, at);
            }
        }
    }

    private void Merge(Dictionary<RefusalKey, RefusalCount> into, RefusalKey key, RefusalCount more)
    {
        if (into.TryGetValue(key, out var known))
        {
            into[key] = known.And(more);
        }
        else if (into.Count < capacity)
        {
            into[key] = more;
        }
        else
        {
            _lost += more.Count;
        }
    }

    private void MergeSeen(int deviceId, long atMs)
    {
        if (_seen.TryGetValue(deviceId, out var known) ? known < atMs : _seen.Count < capacity)
        {
            _seen[deviceId] = atMs;
        }
    }

    private static string? Clip(string? detail) => detail is { Length: > MaxDetailLength } ? detail[..MaxDetailLength] : detail;
}

public readonly record struct RefusalKey(int DeviceId, Refusal Reason);

public readonly record struct RefusalCount(long Count, long LastAtMs, string? Detail)
{
    /// <summary>Both together; the later one's time and detail.</summary>
    public RefusalCount And(RefusalCount other) => other.LastAtMs >= LastAtMs
        ? new(Count + other.Count, other.LastAtMs, other.Detail ?? Detail)
        : new(Count + other.Count, LastAtMs, Detail ?? other.Detail);
}

public sealed record RefusalBatch(IReadOnlyDictionary<RefusalKey, RefusalCount> Counts, IReadOnlyDictionary<int, long> LastHeardMs)
{
    public bool IsEmpty => Counts.Count == 0 && LastHeardMs.Count == 0;
}

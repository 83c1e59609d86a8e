using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Reading;

/// <summary>Fixes that the log held when a request began, by hour and worker, sorted and without repeats.</summary>
public sealed class TrackNewest
{
    private readonly List<Fix> _fixes;
    private readonly SortedDictionary<(long HourMs, int WorkerId), (int From, int Count)> _ranges = [];

    /// <param name="fixes">In any order and with repeats; owned and sorted here.</param>
    public TrackNewest(List<Fix> fixes)
    {
        _fixes = fixes;
        var span = CollectionsMarshal.AsSpan(fixes);
        span.Sort(static (a, b) => Compare(a, b));
        var kept = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (kept == 0 || span[kept - 1].WorkerId != span[i].WorkerId || FixOrder.CompareIdentity(span[kept - 1], span[i]) != 0)
            {
                span[kept++] = span[i];
            }
        }

        fixes.RemoveRange(kept, fixes.Count - kept);
        for (int i = 0, from = 0; i < fixes.Count; i++)
        {
            var key = KeyOf(fixes[i]);
            if (i + 1 == fixes.Count || KeyOf(fixes[i + 1]) != key)
            {
                _ranges[key] = (from, i + 1 - from);
                from = i + 1;
            }
        }
    }

    /// <summary>Hours and workers of which there is something, in that order.</summary>
    public IReadOnlyCollection<(long HourMs, int WorkerId)> Keys => _ranges.Keys;

    public ReadOnlySpan<Fix> All => CollectionsMarshal.AsSpan(_fixes);

    public ReadOnlySpan<Fix> Of(long hourMs, int workerId) =>
        _ranges.TryGetValue((hourMs, workerId), out var range) ? All.Slice(range.From, range.Count) : [];

    /// <summary>Those of some workers.</summary>
    public TrackNewest Only(IReadOnlySet<int> workerIds) => new(_fixes.FindAll(fix => workerIds.Contains(fix.WorkerId)));

    private static (long HourMs, int WorkerId) KeyOf(in Fix fix) => (TrackPiece.HourOf(fix.FixTimeMs), fix.WorkerId);

    private static int Compare(in Fix a, in Fix b)
    {
        var order = KeyOf(a).CompareTo(KeyOf(b));
        return order != 0 ? order : FixOrder.Compare(a, b);
    }
}

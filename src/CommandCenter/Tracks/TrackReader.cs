using System.Collections.Frozen;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tracks;

/// <summary>Tracks as they are known now: stored segments and pieces, and what the log still holds.</summary>
public sealed class TrackReader(TrackStore store, INewestFixes newest)
{
    /// <summary>
    /// One worker's accepted fixes with FixTime in [from, to), ms since 1970 UTC, in <see cref="FixOrder"/> and without repeats; all that phones were
    /// answered for before the call. A stored stretch that is damaged is left out and counted: there is no data in it, as in a gap.
    /// </summary>
    /// <exception cref="Storage.RedisAwayException">The log is away: what it holds would be missing.</exception>
    public async Task<List<Fix>> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        // The log first: what is stored meanwhile is then seen twice, never not at all.
        var fixes = await newest.ReadAsync(FrozenSet.Create(workerId), fromMs, toMs, cancellationToken);
        fixes.AddRange(await store.ReadAsync(workerId, fromMs, toMs, cancellationToken, static () => ReadingMetrics.Unreadable.Add(1)));
        FixOrder.SortAndDeduplicate(fixes);
        return fixes;
    }
}

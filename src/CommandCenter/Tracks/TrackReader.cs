using System.Collections.Frozen;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tracks;

/// <summary>One worker's accepted fixes, in <see cref="FixOrder"/> and without repeats. <paramref name="Unreadable"/>: stored stretches, of an hour at most, that are damaged and not among them.</summary>
public readonly record struct ReadTrack(List<Fix> Fixes, int Unreadable);

/// <summary>Tracks as they are known now: stored segments and pieces, and what the log still holds.</summary>
public sealed partial class TrackReader(TrackStore store, INewestFixes newest, ILogger<TrackReader> logger)
{
    /// <summary>
    /// One worker's accepted fixes with FixTime in [from, to), ms since 1970 UTC; all that phones were answered for before the call. Stored stretches that are damaged are
    /// left out, counted, and logged once for each reading: whoever asked must be told.
    /// </summary>
    /// <exception cref="Storage.RedisAwayException">The log is away: what it holds would be missing.</exception>
    public async Task<ReadTrack> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        // The log first: what is stored meanwhile is then seen twice, never not at all.
        var fixes = await newest.ReadAsync(FrozenSet.Create(workerId), fromMs, toMs, cancellationToken);
        var unreadable = 0;
        fixes.AddRange(await store.ReadAsync(workerId, fromMs, toMs, cancellationToken, () => unreadable++));
        FixOrder.SortAndDeduplicate(fixes);
        if (unreadable > 0)
        {
            ReadingMetrics.Unreadable.Add(unreadable);
            LogUnreadable(unreadable, workerId);
        }

        return new ReadTrack(fixes, unreadable);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} stored stretches of worker {WorkerId} are damaged and are left out of an answer, which says so")]
    private partial void LogUnreadable(int count, int workerId);
}

using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Contracts.Wall;

/// <summary>What a wall calls on the wall hub.</summary>
public interface IWallHub
{
    const string Path = "/hubs/wall";

    /// <summary>Streams what changes in the scope until the client cancels; one at a time for each connection.</summary>
    IAsyncEnumerable<WallFrame> Watch(WatchRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Streams tracks, with a row on the audit trail for each worker; beside the watched picture and as often as wanted. Refused with 400, 403, 428 (no reason),
    /// 429 (too many at once) or 503 (the log or the store is away) at the beginning of the error's text.
    /// </summary>
    IAsyncEnumerable<TrackChunk> Tracks(TrackRequest request, CancellationToken cancellationToken);

    /// <summary>Streams the open alarms in the viewer's whole area and what becomes of them, whatever is watched; until the client cancels, one at a time for each connection.</summary>
    IAsyncEnumerable<AlarmNews> Alarms(CancellationToken cancellationToken);

    /// <summary>The client has drawn this alarm: the first time of each wall is a step of the alarm's ledger.</summary>
    Task AlarmShown(string id, long version);

    /// <summary>The client has drawn the frame of this tick: at most two frames stand unacknowledged.</summary>
    Task Shown(long tick);
}

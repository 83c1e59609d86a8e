namespace CommandCenter.Tracks;

/// <summary>Tracks as they are known now: stored segments and pieces, and what the log still holds.</summary>
public sealed class TrackReader(TrackStore store)
{
    /// <summary>One worker's accepted fixes with FixTime in [from, to), ms since 1970 UTC, in <see cref="FixOrder"/> and without repeats.</summary>
    public Task<List<Fix>> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken) =>
        store.ReadAsync(workerId, fromMs, toMs, cancellationToken);
}

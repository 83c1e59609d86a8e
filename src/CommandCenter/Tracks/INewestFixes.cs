namespace CommandCenter.Tracks;

/// <summary>What the position log holds and the track store does not yet: the newest minutes. Implemented by the floor above.</summary>
public interface INewestFixes
{
    /// <summary>
    /// Fixes of the given workers (null: of all) with FixTime in [from, to) that are in the log, in any order and with repeats; some may be stored already.
    /// Read the log first and the store after, so that nothing is missed between the two.
    /// </summary>
    Task<List<Fix>> ReadAsync(IReadOnlySet<int>? workerIds, long fromMs, long toMs, CancellationToken cancellationToken);
}

namespace CommandCenter.Tracks;

/// <summary>What the position log holds and the track store does not yet: the newest minutes. Implemented by the floor above.</summary>
public interface INewestFixes
{
    /// <summary>
    /// Fixes of the given workers (null: of all) with FixTime in [from, to) that are in the log, in any order and with repeats; some may be stored already.
    /// Whatever was answered to a phone before the call is among them or stored when it returns: read the log first and the store after, so that nothing is
    /// missed between the two.
    /// </summary>
    /// <exception cref="Storage.RedisAwayException">The log cannot be read, or holds more than may be held in memory: there is no answer without it.</exception>
    Task<List<Fix>> ReadAsync(IReadOnlySet<int>? workerIds, long fromMs, long toMs, CancellationToken cancellationToken);
}

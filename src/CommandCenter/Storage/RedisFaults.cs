using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>Which failures of a call mean that Redis cannot serve now, as opposed to a bug of ours.</summary>
internal static class RedisFaults
{
    private static readonly string[] WrongUse = ["ERR ", "WRONGTYPE "];

    public static bool MeansAway(Exception e, out bool connectionIsBroken)
    {
        connectionIsBroken = e is TimeoutException or RedisConnectionException or ObjectDisposedException or TaskCanceledException { CancellationToken.IsCancellationRequested: false };

        // An error answer (loading, full, disk broken, busy, a replica, forbidden): it is there but cannot take the call. Wrong use is a bug of ours.
        return connectionIsBroken || (e is RedisServerException && !WrongUse.Any(word => e.Message.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>An abandoned call fails later, unseen; its failure was already answered as a timeout.</summary>
    public static void Observe(Task? abandoned) =>
        _ = abandoned?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}

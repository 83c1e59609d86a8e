using System.Diagnostics.Metrics;

namespace CommandCenter.Storage;

/// <summary>Counters of meter <c>CommandCenter.Storage</c>.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Storage");

    public static readonly Counter<long> RedisCallsFailed = Meter.CreateCounter<long>("commandcenter.redis.calls.failed", "{call}", "Calls that Redis did not answer in time, or at all");

    public static readonly Counter<long> RedisLinksLost = Meter.CreateCounter<long>("commandcenter.redis.links.lost", "{link}", "Connections to Redis that broke and were made anew");

    public static readonly Counter<long> ChildRestarts = Meter.CreateCounter<long>("commandcenter.child.restarts", "{restart}", "Deaths of the server's own PostgreSQL or Redis, by child");

    public static readonly Counter<long> ChangePollsFailed = Meter.CreateCounter<long>("commandcenter.changes.polls.failed", "{poll}", "Looks for changed directories that failed");
}

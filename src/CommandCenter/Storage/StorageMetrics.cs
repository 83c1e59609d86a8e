using System.Diagnostics.Metrics;

namespace CommandCenter.Storage;

/// <summary>Counters of meter <c>CommandCenter.Storage</c>.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Storage");

    public static readonly Counter<long> RedisCallsFailed = Meter.CreateCounter<long>("commandcenter.redis.calls.failed");

    public static readonly Counter<long> RedisLinksLost = Meter.CreateCounter<long>("commandcenter.redis.links.lost");

    public static readonly Counter<long> ChildRestarts = Meter.CreateCounter<long>("commandcenter.child.restarts");

    public static readonly Counter<long> ChangePollsFailed = Meter.CreateCounter<long>("commandcenter.changes.polls.failed");
}

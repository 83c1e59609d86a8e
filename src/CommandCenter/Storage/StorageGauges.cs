using System.Diagnostics.Metrics;

namespace CommandCenter.Storage;

/// <summary>What an alert asks first, on meter <c>CommandCenter.Storage</c>: may this node be given work, and is Redis there.</summary>
public sealed class StorageGauges
{
    public StorageGauges(IMeterFactory meters, Readiness readiness, RedisConnection redis)
    {
        var meter = meters.Create("CommandCenter.Storage");
        meter.CreateObservableGauge("commandcenter.ready", () => readiness.IsReady ? 1 : 0, description: "1 while /healthz/ready answers 200");
        meter.CreateObservableGauge("commandcenter.redis.up", () => redis.IsUp ? 1 : 0, description: "1 while there is a connection to Redis");
    }
}

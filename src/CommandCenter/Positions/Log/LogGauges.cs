using System.Diagnostics.Metrics;
using CommandCenter.Positions.Live;

namespace CommandCenter.Positions.Log;

/// <summary>What an operator watches of the log: how much it takes of its bound, and how far the picture is behind.</summary>
public sealed class LogGauges
{
    public LogGauges(IMeterFactory meters, PositionLog log, LogSize size, PictureFeed feed, TimeProvider time)
    {
        var meter = meters.Create(LogMetrics.MeterName);
        meter.CreateObservableGauge("positionlog.size", () => PerPartition(log, partition => size.Bytes(partition)), "By", "Bytes the log takes in Redis");
        meter.CreateObservableGauge("positionlog.share", () => PerPartition(log, size.Share), "1", "Share of the log's bound in use");
        meter.CreateObservableGauge(
            "positionlog.picture.silence", () => (time.GetUtcNow().ToUnixTimeMilliseconds() - feed.LastReadMs) / 1000.0, "s", "Since the log was last read for the picture");
    }

    private static IEnumerable<Measurement<T>> PerPartition<T>(PositionLog log, Func<int, T> value)
        where T : struct =>
        Enumerable.Range(0, log.Partitions.Count).Select(partition => new Measurement<T>(value(partition), new KeyValuePair<string, object?>("partition", partition)));
}

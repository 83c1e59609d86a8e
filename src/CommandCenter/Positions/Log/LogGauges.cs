using System.Diagnostics.Metrics;
using CommandCenter.Positions.Live;

namespace CommandCenter.Positions.Log;

/// <summary>What an operator watches of the log: how much it takes of its bound, and how far picture and tracks are behind.</summary>
public sealed class LogGauges
{
    public LogGauges(IMeterFactory meters, PositionLog log, LogSize size, LogProgress progress, PictureFeed feed, TimeProvider time)
    {
        var meter = meters.Create(LogMetrics.MeterName);
        meter.CreateObservableGauge("positionlog.size", () => PerPartition(log, partition => size.Bytes(partition)), "By", "Bytes the log takes in Redis");
        meter.CreateObservableGauge("positionlog.share", () => PerPartition(log, size.Share), "1", "Share of the log's bound in use");
        meter.CreateObservableGauge("positionlog.length", () => PerPartition(log, progress.Entries), "{entry}", "Batches in the log, read and unread");
        meter.CreateObservableGauge(
            "positionlog.writer.lag",
            () => PerPartition(log, partition => progress.SecondsBehind(partition, feed.PositionOf(partition), time.GetUtcNow().ToUnixTimeMilliseconds())),
            "s",
            "Age of the oldest batch that is not in PostgreSQL yet; up to TrackWriter:FlushSeconds is usual");
        meter.CreateObservableGauge(
            "positionlog.picture.silence", () => (time.GetUtcNow().ToUnixTimeMilliseconds() - feed.LastReadMs) / 1000.0, "s", "Since the log was last read for the picture");
    }

    private static IEnumerable<Measurement<T>> PerPartition<T>(PositionLog log, Func<int, T> value)
        where T : struct =>
        Enumerable.Range(0, log.Partitions.Count).Select(partition => new Measurement<T>(value(partition), new KeyValuePair<string, object?>("partition", partition)));
}

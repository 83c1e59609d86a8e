using System.Diagnostics.Metrics;

namespace CommandCenter.Positions.Log;

/// <summary>Counters of the position log, on the meter <c>CommandCenter.PositionLog</c>; the partition is a tag.</summary>
public sealed class LogMetrics
{
    public const string MeterName = "CommandCenter.PositionLog";

    private static readonly InstrumentAdvice<double> Delays = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60] };
    private static readonly InstrumentAdvice<double> Flushes = new() { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    private readonly Counter<long> _appends;
    private readonly Counter<long> _fixes;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _poisoned;
    private readonly Counter<long> _stored;
    private readonly Histogram<double> _pictured;
    private readonly Histogram<double> _flushed;
    private readonly Counter<long> _rejected;

    public LogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _appends = meter.CreateCounter<long>("positionlog.appends", "{append}", "Batches on disk in Redis");
        _fixes = meter.CreateCounter<long>("positionlog.fixes", "{fix}", "Fixes on disk in Redis");
        _bytes = meter.CreateCounter<long>("positionlog.bytes", "By", "Bytes appended");
        _failed = meter.CreateCounter<long>("positionlog.unanswered", "{fix}", "Fixes whose append failed or went unanswered");
        _poisoned = meter.CreateCounter<long>("positionlog.poisoned", "{entry}", "Entries that could not be decoded");
        _stored = meter.CreateCounter<long>("positionlog.stored", "{fix}", "Fixes written to tracks in PostgreSQL");
        _pictured = meter.CreateHistogram("positionlog.picture.delay", "s", "From the append of a batch to its place in this node's picture", advice: Delays);
        _flushed = meter.CreateHistogram("positionlog.writer.flush", "s", "Writing one lot of tracks to PostgreSQL", advice: Flushes);
        _rejected = meter.CreateCounter<long>("positionlog.rejected", "{fix}", "Fixes that PostgreSQL refuses for what they are, set aside");
    }

    public void Appended(int partition, int fixes, int bytes)
    {
        var tag = new KeyValuePair<string, object?>("partition", partition);
        _appends.Add(1, tag);
        _fixes.Add(fixes, tag);
        _bytes.Add(bytes, tag);
    }

    public void AppendFailed(int partition, int fixes) => _failed.Add(fixes, new KeyValuePair<string, object?>("partition", partition));

    public void Poisoned(int partition) => _poisoned.Add(1, new KeyValuePair<string, object?>("partition", partition));

    /// <summary>One batch, seen from its append to the picture.</summary>
    public void Pictured(double seconds) => _pictured.Record(Math.Max(0, seconds));

    public void Flushed(double seconds) => _flushed.Record(seconds);

    public void Rejected(int partition, long fixes) => _rejected.Add(fixes, new KeyValuePair<string, object?>("partition", partition));

    public void Stored(int partition, long fixes) => _stored.Add(fixes, new KeyValuePair<string, object?>("partition", partition));
}

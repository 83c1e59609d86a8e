using System.Diagnostics.Metrics;

namespace CommandCenter.Wall;

/// <summary>Counters of the walls, on the meter <c>CommandCenter.Wall</c>.</summary>
public sealed class WallMetrics
{
    public const string MeterName = "CommandCenter.Wall";

    private static readonly InstrumentAdvice<double> Delays = new() { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 2, 5, 15, 60] };

    private readonly UpDownCounter<long> _connected;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _conflated;
    private readonly Histogram<double> _fixToWall;

    public WallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _connected = meter.CreateUpDownCounter<long>("wall.connections", "{wall}", "Walls connected to this node");
        _frames = meter.CreateCounter<long>("wall.frames", "{frame}", "Frames handed to walls");
        _records = meter.CreateCounter<long>("wall.records", "{record}", "Workers in the frames handed to walls");
        _bytes = meter.CreateCounter<long>("wall.bytes", "By", "Records and head counts in the frames handed to walls");
        _fixToWall = meter.CreateHistogram("wall.fix_to_wall", "s", "From the append of a frame's oldest fix to the frame's way to the wall", advice: Delays);
        _conflated = meter.CreateCounter<long>("wall.conflated", "{frame}", "Beats at which a wall was behind and got nothing; folded into its next frame");
    }

    public void Connected(int change) => _connected.Add(change);

    public void Sent(int records, int bytes)
    {
        _frames.Add(1);
        _bytes.Add(bytes);
        _records.Add(records);
    }

    public void FixToWall(double seconds) => _fixToWall.Record(Math.Max(0, seconds));

    public void Conflated() => _conflated.Add(1);
}

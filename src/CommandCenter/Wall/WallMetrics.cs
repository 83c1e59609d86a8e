using System.Diagnostics.Metrics;

namespace CommandCenter.Wall;

/// <summary>Counters of the walls, on the meter <c>CommandCenter.Wall</c>.</summary>
public sealed class WallMetrics
{
    public const string MeterName = "CommandCenter.Wall";

    private readonly UpDownCounter<long> _connected;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _records;
    private readonly Counter<long> _conflated;

    public WallMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _connected = meter.CreateUpDownCounter<long>("wall.connections", "{wall}", "Walls connected to this node");
        _frames = meter.CreateCounter<long>("wall.frames", "{frame}", "Frames handed to walls");
        _records = meter.CreateCounter<long>("wall.records", "{record}", "Workers in the frames handed to walls");
        _conflated = meter.CreateCounter<long>("wall.conflated", "{frame}", "Beats at which a wall was behind and got nothing; folded into its next frame");
    }

    public void Connected(int change) => _connected.Add(change);

    public void Sent(int records)
    {
        _frames.Add(1);
        _records.Add(records);
    }

    public void Conflated() => _conflated.Add(1);
}

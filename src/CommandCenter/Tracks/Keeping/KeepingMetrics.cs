using System.Diagnostics.Metrics;

namespace CommandCenter.Tracks.Keeping;

/// <summary>What was let go, on the meter <c>CommandCenter.TrackKeeping</c>; why is a tag.</summary>
internal sealed class KeepingMetrics
{
    public const string MeterName = "CommandCenter.TrackKeeping";

    private readonly Counter<long> _rows;
    private readonly Counter<long> _fixes;

    public KeepingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _rows = meter.CreateCounter<long>("trackkeeping.rows", "{row}", "Rows of tracks deleted");
        _fixes = meter.CreateCounter<long>("trackkeeping.fixes", "{fix}", "Fixes deleted");
    }

    public void Deleted(string why, Deleted deleted)
    {
        var tag = new KeyValuePair<string, object?>("why", why);
        _rows.Add(deleted.Rows, tag);
        _fixes.Add(deleted.Fixes, tag);
    }
}

/// <summary>What one step deleted.</summary>
internal readonly record struct Deleted(long Rows, long Fixes)
{
    public static Deleted operator +(Deleted a, Deleted b) => new(a.Rows + b.Rows, a.Fixes + b.Fixes);
}

using System.Diagnostics.Metrics;

namespace CommandCenter.Tracks.Exports;

/// <summary>Counters of meter <c>CommandCenter.Tracks</c>.</summary>
internal static class ExportMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Tracks");

    public static readonly Counter<long> Unreadable = Meter.CreateCounter<long>(
        "tracks.export.unreadable", "{part}", "Stored parts of tracks that exports left out because their bodies are damaged");
}

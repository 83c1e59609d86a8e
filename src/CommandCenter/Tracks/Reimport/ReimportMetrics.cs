using System.Diagnostics.Metrics;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Counters of meter <c>CommandCenter.Tracks</c>.</summary>
internal static class ReimportMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Tracks");

    public static readonly Counter<long> Restored = Meter.CreateCounter<long>("tracks.reimport.restored", "{fix}", "Fixes put back from exports because they were missing");
}

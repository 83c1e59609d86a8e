using System.Diagnostics.Metrics;

namespace CommandCenter.Workers;

internal static class DirectoryMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Workers");

    public static readonly Counter<long> LookupsUnanswered = Meter.CreateCounter<long>(
        "commandcenter.devices.lookups_unanswered", description: "Devices not in memory for which PostgreSQL could not be asked");
}

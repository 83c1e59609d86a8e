using System.Diagnostics.Metrics;

namespace CommandCenter.Tracks.Reading;

/// <summary>Counters of meter <c>CommandCenter.Tracks</c>.</summary>
internal static class ReadingMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Tracks");

    public static readonly Counter<long> Unreadable = Meter.CreateCounter<long>(
        "tracks.reading.unreadable", "{stretch}", "Stored stretches left out of an answer because their body is damaged, each time they are asked for");
}

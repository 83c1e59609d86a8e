using System.Diagnostics.Metrics;

namespace CommandCenter.Tracks.Folding;

/// <summary>Counters of meter <c>CommandCenter.Tracks</c>.</summary>
internal static class FoldingMetrics
{
    private static readonly Meter Meter = new("CommandCenter.Tracks");

    public static readonly Counter<long> Pieces = Meter.CreateCounter<long>("tracks.folded.pieces", "{piece}", "Pieces of tracks folded into segments");

    public static readonly Counter<long> Segments = Meter.CreateCounter<long>("tracks.folded.segments", "{segment}", "Segments written, one a worker and hour, again when late pieces came");

    public static readonly Counter<long> Interrupted = Meter.CreateCounter<long>("tracks.folding.interrupted", "{time}", "Folding broken off because a backend was away or refused");

    public static readonly Counter<long> Unreadable = Meter.CreateCounter<long>("tracks.folding.unreadable", "{hour}", "Workers' hours left unfolded because a stored body is damaged");
}

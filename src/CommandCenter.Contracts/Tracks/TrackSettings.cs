namespace CommandCenter.Contracts.Tracks;

/// <summary>What a page must know to show tracks as the server means them, as answered by <c>GET /api/tracks/settings</c>.</summary>
/// <param name="GapSeconds">A longer silence is a gap.</param>
/// <param name="GapIntervals">For a device that reports seldom: so many times its median reporting interval, where that is more.</param>
/// <param name="TrackEndSeconds">No gap's threshold is longer.</param>
/// <param name="MaxWorkerHours">Workers times hours of one request that names workers.</param>
/// <param name="MaxAreaHours">Hours of one request for an area.</param>
public sealed record TrackSettings(int GapSeconds, double GapIntervals, int TrackEndSeconds, int MaxWorkerHours, double MaxAreaHours);

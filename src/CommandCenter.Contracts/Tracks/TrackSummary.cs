namespace CommandCenter.Contracts.Tracks;

/// <summary>
/// What one worker's cleaned track between two moments amounts to, as answered by <c>GET /api/tracks/summary</c>. Lengths in metres, durations in seconds.
/// </summary>
/// <param name="Worker">Code.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Fixes">Accepted fixes, before cleaning.</param>
/// <param name="Dropped">Of these, what cleaning left out.</param>
/// <param name="LengthMeters">Along all trips.</param>
/// <param name="MovingSeconds">Sum of the trips' durations without gaps.</param>
/// <param name="AverageSpeedMps">Length by moving time; null without trips.</param>
/// <param name="TopSpeedMps">Highest plausible speed between fixes; null without trips.</param>
/// <param name="Trips">In order of time.</param>
/// <param name="Stops">In order of time.</param>
/// <param name="Gaps">Silences on duty longer than the threshold: no data, which is not absence.</param>
/// <param name="Visits">Stays in grids, in order of time.</param>
public sealed record TrackSummary(
    string Worker,
    DateTimeOffset From,
    DateTimeOffset To,
    int Fixes,
    int Dropped,
    double LengthMeters,
    double MovingSeconds,
    double? AverageSpeedMps,
    double? TopSpeedMps,
    IReadOnlyList<TrackTrip> Trips,
    IReadOnlyList<TrackStop> Stops,
    IReadOnlyList<TrackGap> Gaps,
    IReadOnlyList<AreaVisit> Visits);

/// <summary>On the way, from leaving one stop to reaching the next, or to where the track ends.</summary>
public sealed record TrackTrip(DateTimeOffset From, DateTimeOffset To, double LengthMeters, double MovingSeconds, double? AverageSpeedMps, double? TopSpeedMps);

/// <summary>Within some metres of one place for some minutes. <paramref name="Area"/>: code of the smallest area in the viewer's scope that holds it.</summary>
public sealed record TrackStop(DateTimeOffset From, DateTimeOffset To, double Longitude, double Latitude, string? Area);

/// <summary>Inside one grid from its first to its last fix there.</summary>
public sealed record AreaVisit(string Area, DateTimeOffset From, DateTimeOffset To, double LengthMeters);

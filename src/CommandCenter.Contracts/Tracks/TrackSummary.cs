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
/// <param name="Gaps">Silences on duty longer than the threshold: no data, which is not absence. Fixes that cleaning left out are data, too.</param>
/// <param name="Visits">Stays in grids, in order of time.</param>
/// <param name="SetAside">The fixes that the cleaned view does without, in order of time: what cleaning dropped, and the drift of a resting phone. At most the first 2,000 runs, and 20,000 of one answer.</param>
/// <param name="SetAsideMore">How many fixes are set aside after the last of these runs, or are told of none: there is more than is listed. Usually 0.</param>
/// <param name="Unreadable">Stored stretches, of an hour each at most, are damaged and not in it: it is of the rest, and a gap may be theirs.</param>
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
    IReadOnlyList<AreaVisit> Visits,
    IReadOnlyList<SetAsideRun> SetAside,
    int SetAsideMore,
    bool Unreadable);

/// <summary>On the way, from leaving one stop to reaching the next, or to where the track ends.</summary>
public sealed record TrackTrip(DateTimeOffset From, DateTimeOffset To, double LengthMeters, double MovingSeconds, double? AverageSpeedMps, double? TopSpeedMps);

/// <summary>Within some metres of one place for some minutes. <paramref name="Area"/>: code of the smallest area in the viewer's scope that holds it.</summary>
public sealed record TrackStop(DateTimeOffset From, DateTimeOffset To, double Longitude, double Latitude, string? Area);

/// <summary>Inside one grid from its first to its last fix there.</summary>
public sealed record AreaVisit(string Area, DateTimeOffset From, DateTimeOffset To, double LengthMeters);

/// <summary>
/// Fixes one after another that are set aside for one reason. Nothing between <paramref name="From"/> and <paramref name="To"/> is kept; at these moments themselves
/// another phone of the worker may have one that is.
/// </summary>
/// <param name="From">Of the first of them.</param>
/// <param name="To">Of the last; the same where it is one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record SetAsideRun(DateTimeOffset From, DateTimeOffset To, SetAsideReason Reason, int Count);

/// <summary>Why a fix is set aside.</summary>
public enum SetAsideReason
{
    /// <summary>The phone said that another app made the place up.</summary>
    Mock,

    /// <summary>Its accuracy is worse than allowed for scoring.</summary>
    Inaccurate,

    /// <summary>The second of one moment: by device, then by content.</summary>
    Duplicate,

    /// <summary>Out of reach, and the track leapt back.</summary>
    Jump,

    /// <summary>Within a rest, of which the first and the last fix stay: believed, but no way.</summary>
    Drift,
}

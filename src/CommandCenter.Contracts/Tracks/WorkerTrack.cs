namespace CommandCenter.Contracts.Tracks;

/// <summary>
/// Where one worker was between <paramref name="From"/> and <paramref name="To"/>, as answered by <c>GET /api/workers/{code}/track</c>.
/// The three columns are of one length and sorted by time: <paramref name="At"/> in ms since 1970 UTC, longitude and latitude in 1e-7 degrees WGS-84.
/// </summary>
/// <param name="Worker">Code.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="StoredUntil">The newest fix among the columns. Null: none.</param>
/// <param name="Fixes">How many fixes there are; the columns hold fewer when <paramref name="Thinned"/>.</param>
/// <param name="Thinned">Fixes were left out evenly, so that the answer stays small.</param>
/// <param name="DistanceMeters">Walked or ridden: steps of at least 15 m between trustworthy fixes, so that a resting phone's drift adds nothing.</param>
/// <param name="Gaps">Silences on duty.</param>
/// <param name="Latest">The fix shown on the wall now, whatever the interval asked for; null when there is none.</param>
/// <param name="Unreadable">Stored stretches, of an hour each at most, are damaged and not in it: it is of the rest, and a gap may be theirs.</param>
public sealed record WorkerTrack(
    string Worker,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset? StoredUntil,
    int Fixes,
    bool Thinned,
    double DistanceMeters,
    IReadOnlyList<long> At,
    IReadOnlyList<int> LongitudeE7,
    IReadOnlyList<int> LatitudeE7,
    IReadOnlyList<TrackGap> Gaps,
    LatestFix? Latest,
    bool Unreadable);

/// <summary>No fix came on duty from <paramref name="From"/> until before <paramref name="To"/>.</summary>
public sealed record TrackGap(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// The newest fix of a worker; what the phone did not say is null. <paramref name="Area"/> is the code of the smallest area in the viewer's scope
/// that it lies in; <paramref name="Flags"/> are mock, inaccurate, implausible-speed and late.
/// </summary>
public sealed record LatestFix(
    DateTimeOffset At,
    DateTimeOffset HeardAt,
    double Longitude,
    double Latitude,
    double? AccuracyMeters,
    double? SpeedMps,
    double? HeadingDegrees,
    int? BatteryPercent,
    bool Charging,
    string? Area,
    IReadOnlyList<string> Flags);

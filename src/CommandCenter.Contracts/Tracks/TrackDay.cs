namespace CommandCenter.Contracts.Tracks;

/// <summary>
/// What one worker's day amounted to, as it is kept: answered by <c>GET /api/tracks/days</c>. Lengths in metres, durations in seconds, no places.
/// </summary>
/// <param name="Worker">Code.</param>
/// <param name="Name">As on the roster.</param>
/// <param name="Day">Of the center's zone, such as 2026-01-31.</param>
/// <param name="Fixes">Accepted fixes, before cleaning.</param>
/// <param name="Dropped">Of these, what cleaning left out.</param>
/// <param name="FirstAt">The first fix that was believed; null without any.</param>
/// <param name="LastAt">The last one.</param>
/// <param name="LengthMeters">Along all trips.</param>
/// <param name="MovingSeconds">Sum of the trips' durations without gaps.</param>
/// <param name="TopSpeedMps">Of all trips; null without trips.</param>
/// <param name="Trips">How many.</param>
/// <param name="Stops">How many.</param>
/// <param name="StoppedSeconds">Sum of the stops' durations.</param>
/// <param name="SummedAt">When it was summed up last.</param>
/// <param name="CorrectedAt">When late fixes changed the summary of a day that was over; null: never.</param>
/// <param name="Due">Something was stored since and is not in it yet.</param>
/// <param name="Complete">False: fixes came after the day's raw track had been let go, and are not in it nor ever will be; or stored stretches were damaged.</param>
public sealed record TrackDay(
    string Worker,
    string Name,
    string Day,
    int Fixes,
    int Dropped,
    DateTimeOffset? FirstAt,
    DateTimeOffset? LastAt,
    double LengthMeters,
    double MovingSeconds,
    double? TopSpeedMps,
    int Trips,
    int Stops,
    double StoppedSeconds,
    DateTimeOffset SummedAt,
    DateTimeOffset? CorrectedAt,
    bool Due,
    bool Complete);

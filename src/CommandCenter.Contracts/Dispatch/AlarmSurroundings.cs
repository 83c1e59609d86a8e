namespace CommandCenter.Contracts.Dispatch;

/// <summary>What lies around an alarm, as answered by <c>GET /api/alarms/{id}/surroundings</c>.</summary>
/// <param name="Street">The nearest street with a name; null where none is known within 300 m.</param>
/// <param name="StreetEn">The same in English.</param>
/// <param name="StreetMeters">From the place to it.</param>
/// <param name="Longitude">Of the place that was looked at: the alarm's, or where its worker was seen last; null when neither is known.</param>
/// <param name="Latitude">The same.</param>
/// <param name="Presence">How the worker is reached now; null when the alarm is about nobody, or about a stranger.</param>
/// <param name="FixAt">When the worker's newest position was taken.</param>
/// <param name="BatteryPercent">Of the worker's phone.</param>
/// <param name="Earlier">Of the same worker, the newest first; at most 10.</param>
public sealed record AlarmSurroundings(
    string? Street,
    string? StreetEn,
    int? StreetMeters,
    double? Longitude,
    double? Latitude,
    [property: OneOf("offDuty", "lost", "stale", "still", "moving")] string? Presence,
    DateTimeOffset? FixAt,
    int? BatteryPercent,
    IReadOnlyList<Alarms.AlarmInfo> Earlier);

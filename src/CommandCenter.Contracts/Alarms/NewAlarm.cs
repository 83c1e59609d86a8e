namespace CommandCenter.Contracts.Alarms;

/// <summary>
/// Body of <c>POST /api/alarms</c>, with the user and password of the device (Basic). The same again, by its id, is one alarm. Answered 201 when it is new, 200 when it
/// was there already, 503 when it could not be made durable: send it again.
/// </summary>
/// <param name="Id">A UUID that the phone makes once for each press; its own among the alarms of this device.</param>
/// <param name="Kind">sos or information: a device raises no other.</param>
/// <param name="Longitude">WGS-84 degrees; null with <paramref name="Latitude"/> when the phone does not know where it is.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="AccuracyMeters">Radius; null when the phone does not say.</param>
/// <param name="OccurredAt">By the phone's clock. One far off is kept beside the time of arrival, never refused; only a missing one is.</param>
/// <param name="Note">At most 500 characters; a longer one is cut, not refused.</param>
/// <param name="Exercise">It is a drill, and shown as one everywhere.</param>
public sealed record NewAlarm(
    string? Id,
    [property: OneOf("sos", "information")] string? Kind,
    double? Longitude,
    double? Latitude,
    double? AccuracyMeters,
    DateTimeOffset? OccurredAt,
    string? Note = null,
    bool Exercise = false);

/// <summary>What the phone is told once the alarm is durable.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="Joined">The open alarm whose ledger took this one, when the device had 20 open already; else null.</param>
/// <param name="ArrivedAt">By the server's clock.</param>
public sealed record AlarmReceipt(string Id, string? Joined, DateTimeOffset ArrivedAt);

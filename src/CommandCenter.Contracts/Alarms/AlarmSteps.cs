namespace CommandCenter.Contracts.Alarms;

/// <summary>Body of <c>POST /api/alarms</c> by a dispatcher (a session instead of a device): about a worker, a place or both.</summary>
/// <param name="Id">A UUID that the page makes, so that a retry is the same alarm.</param>
/// <param name="Kind">Any of the kinds.</param>
/// <param name="Worker">Code.</param>
public sealed record RaisedAlarm(
    string? Id, string? Kind, string? Worker, double? Longitude, double? Latitude, double? AccuracyMeters, DateTimeOffset? OccurredAt, string? Note = null, bool Exercise = false);

/// <summary>Body of <c>POST /api/alarms/{id}/acknowledge</c>; may be empty.</summary>
public sealed record AlarmAcknowledgement(string? Note);

/// <summary>Body of <c>POST /api/alarms/{id}/resolve</c>.</summary>
/// <param name="Outcome">resolved or falseAlarm.</param>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record AlarmResolution([property: OneOf("resolved", "falseAlarm")] string? Outcome, string? Reason);

/// <summary>Body of <c>POST /api/alarms/{id}/reopen</c>: within a day of its end.</summary>
public sealed record AlarmReopening(string? Reason);

namespace CommandCenter.Contracts.Access;

/// <summary>
/// One act on the audit trail. <paramref name="Role"/> is what the viewer was then, null in rows older than that was kept.
/// <paramref name="Worker"/> and <paramref name="Area"/> are codes: whom it was about and where.
/// <paramref name="Action"/> is a word such as open-card, follow, open-track, watch-area, enrol-device.
/// </summary>
public sealed record AuditEntry(
    long Id,
    DateTimeOffset At,
    string User,
    [property: OneOf(typeof(AccountRole))] string? Role,
    string Action,
    string? Worker,
    string? Area,
    string? Reason,
    string? Detail);

/// <summary>One look at the asking worker's own whereabouts: <c>GET /api/watched</c>, with the user and password of the worker's device (Basic).</summary>
public sealed record WatchedEntry(
    DateTimeOffset At,
    string User,
    [property: OneOf(typeof(AccountRole))] string? Role,
    [property: OneOf("open-card", "follow", "open-track", "export-track", "open-score", "open-evidence")] string Action,
    string? Reason);

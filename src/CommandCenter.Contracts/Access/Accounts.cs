namespace CommandCenter.Contracts.Access;

/// <summary>Body of <c>POST /api/accounts</c>. <paramref name="Role"/> is wall, dispatcher, supervisor or administrator; <paramref name="Area"/> a code.</summary>
public sealed record NewAccount(string? User, string? Password, [property: OneOf(typeof(AccountRole))] string? Role, string? Area);

/// <summary>An account without its secrets.</summary>
public sealed record AccountInfo(
    int Id, string User, [property: OneOf(typeof(AccountRole))] string Role, string Area, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>Body of <c>POST /api/session/password</c>: the signed-in person's own.</summary>
public sealed record PasswordChange(string? Current, string? Password);

/// <summary>Body of <c>POST /api/setup</c>: makes the first administrator and the area everything else goes under.</summary>
public sealed record SetupRequest(string? Token, string? User, string? Password, string? AreaCode, string? AreaName);

/// <summary>
/// One act on the audit trail. <paramref name="Worker"/> and <paramref name="Area"/> are codes: whom it was about and where.
/// <paramref name="Action"/> is a word such as open-card, follow, open-track, watch-area, enrol-device.
/// </summary>
public sealed record AuditEntry(
    long Id, DateTimeOffset At, string User, string Action, string? Worker, string? Area, string? Reason, string? Detail);

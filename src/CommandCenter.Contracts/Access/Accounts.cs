namespace CommandCenter.Contracts.Access;

/// <summary>Body of <c>POST /api/accounts</c>. <paramref name="Role"/> is wall, dispatcher, supervisor or administrator; <paramref name="Area"/> a code.</summary>
public sealed record NewAccount(string? User, string? Password, [property: OneOf(typeof(AccountRole))] string? Role, string? Area);

/// <summary>Body of <c>PUT /api/accounts/{id}</c>; what is missing stays. A change ends the account's sessions.</summary>
public sealed record AccountChange([property: OneOf(typeof(AccountRole))] string? Role, string? Area);

/// <summary>Body of <c>POST /api/accounts/{id}/password</c>: an administrator sets it for somebody who forgot it.</summary>
public sealed record NewPassword(string? Password);

/// <summary>An account without its secrets. <paramref name="LastSignInAt"/> is as the audit trail has it.</summary>
public sealed record AccountInfo(
    int Id,
    string User,
    [property: OneOf(typeof(AccountRole))] string Role,
    string Area,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? LastSignInAt);

/// <summary>Body of <c>POST /api/session/password</c>: the signed-in person's own.</summary>
public sealed record PasswordChange(string? Current, string? Password);

/// <summary>Body of <c>POST /api/setup</c>: makes the first administrator and the area everything else goes under.</summary>
public sealed record SetupRequest(string? Token, string? User, string? Password, string? AreaCode, string? AreaName);

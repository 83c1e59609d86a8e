namespace CommandCenter.Contracts.Access;

/// <summary>What a signed-in person may do; the names are part of the interface and are stored.</summary>
public enum AccountRole
{
    /// <summary>A wall display: sees positions of its area, no phone numbers, changes nothing.</summary>
    Wall = 1,
    Dispatcher = 2,
    Supervisor = 3,
    Administrator = 4,
}

/// <summary>Body of <c>POST /api/session</c>.</summary>
public sealed record SessionRequest(string User, string Password);

/// <summary>
/// Answer of <c>POST /api/session</c> and <c>GET /api/session</c>. <paramref name="Token"/> is a bearer token (null on GET).
/// <paramref name="Csrf"/> goes into the header <c>X-CSRF-Token</c> of every write that is signed in by cookie.
/// <paramref name="Demo"/>: the data are generated, and every page says so. <paramref name="Kiosk"/> is the id of the paired display that
/// this session belongs to, null for people; a kiosk gets a cookie alone, no token. <paramref name="TimeZone"/> is the IANA name of the center's zone, in which pages show times.
/// </summary>
public sealed record SessionInfo(
    string User,
    [property: OneOf(typeof(AccountRole))] string Role,
    string Area,
    string AreaName,
    string? Token,
    string Csrf,
    DateTimeOffset ExpiresAt,
    bool Demo,
    int? Kiosk,
    string TimeZone);

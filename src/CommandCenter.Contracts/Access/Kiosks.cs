namespace CommandCenter.Contracts.Access;

/// <summary>
/// Answer of <c>POST /api/kiosks/pairings</c>: the display shows <paramref name="Code"/>, an administrator enters it, and the display fetches
/// its session with <paramref name="Secret"/>, which it shows nobody and puts into no URL. Both end at <paramref name="ExpiresAt"/>.
/// </summary>
public sealed record KioskPairing(string Id, string Code, string Secret, DateTimeOffset ExpiresAt);

/// <summary>Body of <c>POST /api/kiosks/pairings/{id}/session</c>.</summary>
public sealed record KioskSessionRequest(string? Secret);

/// <summary>One view of a kiosk's round: the area shown, by code, for <paramref name="Seconds"/> (5 to 3,600).</summary>
public sealed record KioskView(string Area, int Seconds);

/// <summary>
/// Body of <c>POST /api/kiosks</c>: pairs the display that shows <paramref name="Code"/> (letters in any case, spaces and hyphens ignored).
/// <paramref name="Views"/>: at most 50, in <paramref name="Area"/>; none shows the whole area always. <paramref name="ReloadAt"/> is a local
/// time of day HH:mm at which the page loads itself anew, or missing. Language is by default zh-CN, style night.
/// </summary>
public sealed record NewKiosk(
    string? Code,
    string? Name,
    string? Area,
    IReadOnlyList<KioskView>? Views,
    [property: OneOf("zh-CN", "en")] string? Language,
    [property: OneOf("night", "day", "auto")] string? Style,
    string? ReloadAt);

/// <summary>Body of <c>PUT /api/kiosks/{id}</c>: replaces all of it; the display stays paired.</summary>
public sealed record KioskChange(
    string? Name,
    string? Area,
    IReadOnlyList<KioskView>? Views,
    [property: OneOf("zh-CN", "en")] string? Language,
    [property: OneOf("night", "day", "auto")] string? Style,
    string? ReloadAt);

/// <summary>A paired display. <paramref name="LastSeenAt"/> is right to a minute.</summary>
public sealed record KioskInfo(
    int Id,
    string Name,
    string Area,
    [property: OneOf("zh-CN", "en")] string Language,
    [property: OneOf("night", "day", "auto")] string Style,
    IReadOnlyList<KioskView> Views,
    string? ReloadAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? RevokedAt);

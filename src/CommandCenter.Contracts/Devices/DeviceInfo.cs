namespace CommandCenter.Contracts.Devices;

/// <summary>Body of <c>POST /api/devices</c>.</summary>
public sealed record NewDevice(string Worker, string? Label);

/// <summary>Answer of <c>POST /api/devices</c>: the only time the secrets are shown.</summary>
/// <param name="OsmandId">The identifier to type into Traccar Client; itself a secret.</param>
/// <param name="User">User name for OwnTracks and the batch endpoint (Basic).</param>
/// <param name="Password">128 random bits, base64url.</param>
public sealed record EnrolledDevice(int Id, string Worker, string? Label, string OsmandId, string User, string Password);

/// <summary>
/// An enrolled device without its secrets. <paramref name="LastReportAt"/> is when it was last heard at all, kept or refused, right to some
/// seconds; <paramref name="Refusals"/> counts its refused reports.
/// </summary>
public sealed record DeviceInfo(
    int Id,
    string User,
    string? Label,
    string Worker,
    string WorkerName,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastReportAt,
    long Refusals);

/// <summary>Answer of <c>GET /api/devices/{id}/refusals</c>: all reasons on one page; <paramref name="LastReportAt"/> is when it was last heard at all.</summary>
public sealed record DeviceRefusals(IReadOnlyList<RefusalInfo> Items, string? Next, DateTimeOffset? LastReportAt);

/// <summary>One reason, how often, when last and what was said about it then.</summary>
public sealed record RefusalInfo(string Reason, long Count, DateTimeOffset LastAt, string? Detail);

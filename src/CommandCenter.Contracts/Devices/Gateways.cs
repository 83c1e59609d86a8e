namespace CommandCenter.Contracts.Devices;

/// <summary>Body of <c>POST /api/gateways</c>: a system that hands in positions of many devices of one area.</summary>
public sealed record NewGateway(string? Name, string? Area);

/// <summary>Answer of <c>POST /api/gateways</c>: the only time the password is shown.</summary>
public sealed record EnrolledGateway(int Id, string Name, string Area, string User, string Password);

/// <summary>A gateway without its password.</summary>
public sealed record GatewayInfo(int Id, string Name, string Area, string User, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

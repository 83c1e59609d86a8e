namespace CommandCenter.Workers;

/// <summary>An enrolled device as the ingest path needs it. <paramref name="User"/> is its public name; its secrets are kept as hashes alone.</summary>
public sealed record Device(int Id, string User, int WorkerId, bool Revoked);

/// <summary>A system that hands in positions of many devices, whose workers are at home under <paramref name="AreaId"/>.</summary>
public sealed record Gateway(int Id, string User, int AreaId, bool Revoked);

public enum LookupStatus : byte
{
    /// <summary>No such identifier, user or password.</summary>
    Unknown,
    Found,

    /// <summary>The secret is right, but was revoked.</summary>
    Revoked,

    /// <summary>Not in memory, and PostgreSQL cannot be asked: neither yes nor no, so try again later.</summary>
    Unavailable,
}

/// <summary>Who sends; <see cref="Device"/> is set when found or revoked.</summary>
public readonly record struct DeviceLookup(LookupStatus Status, Device? Device)
{
    public static readonly DeviceLookup Unknown = new(LookupStatus.Unknown, null);
    public static readonly DeviceLookup Unavailable = new(LookupStatus.Unavailable, null);

    public static DeviceLookup Of(Device device) => new(device.Revoked ? LookupStatus.Revoked : LookupStatus.Found, device);
}

/// <summary>As <see cref="DeviceLookup"/>, for gateways.</summary>
public readonly record struct GatewayLookup(LookupStatus Status, Gateway? Gateway)
{
    public static readonly GatewayLookup Unknown = new(LookupStatus.Unknown, null);
    public static readonly GatewayLookup Unavailable = new(LookupStatus.Unavailable, null);

    public static GatewayLookup Of(Gateway gateway) => new(gateway.Revoked ? LookupStatus.Revoked : LookupStatus.Found, gateway);
}

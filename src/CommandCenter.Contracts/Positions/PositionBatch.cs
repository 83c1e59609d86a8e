using MessagePack;

namespace CommandCenter.Contracts.Positions;

/// <summary>
/// One report of <c>POST /api/positions</c> (JSON camelCase or MessagePack map, the same names).
/// Degrees WGS-84, metres, metres per second; <see cref="FixTime"/> in ms since 1970 UTC (JSON may also give ISO 8601).
/// A report without coordinates is a heartbeat.
/// </summary>
[MessagePackObject]
public sealed record PositionBatchItem
{
    /// <summary>The device's user name; needed with a gateway's credentials, ignored with a device's own.</summary>
    [Key("device")] public string? Device { get; init; }

    [Key("fixTime")] public long FixTime { get; init; }

    [Key("longitude")] public double? Longitude { get; init; }

    [Key("latitude")] public double? Latitude { get; init; }

    [Key("speedMps")] public double? SpeedMps { get; init; }

    [Key("headingDegrees")] public double? HeadingDegrees { get; init; }

    [Key("accuracyMeters")] public double? AccuracyMeters { get; init; }

    [Key("altitudeMeters")] public double? AltitudeMeters { get; init; }

    /// <summary>Charge left, 0–100 per cent.</summary>
    [Key("battery")] public double? Battery { get; init; }

    [Key("mock")] public bool Mock { get; init; }
}

/// <summary>Body of <c>POST /api/positions</c>: up to 5,000 reports.</summary>
[MessagePackObject]
public sealed record PositionBatch
{
    [Key("reports")] public IReadOnlyList<PositionBatchItem> Reports { get; init; } = [];
}

/// <summary>What became of one report. <see cref="Status"/> is accepted, heartbeat or refused; <see cref="Reason"/> is set when refused.</summary>
[MessagePackObject]
public sealed record PositionBatchItemResult
{
    [Key("index")] public int Index { get; init; }

    [Key("status"), OneOf("accepted", "heartbeat", "refused")] public string Status { get; init; } = "";

    [Key("reason")] public string? Reason { get; init; }

    /// <summary>Quality flags of an accepted fix: mock, inaccurate, implausible-speed, late, out-of-order.</summary>
    [Key("flags"), OneOf("mock", "inaccurate", "implausible-speed", "late", "out-of-order")] public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>For people: what was wrong with this item.</summary>
    [Key("detail")] public string? Detail { get; init; }
}

/// <summary>Answer of <c>POST /api/positions</c>, item by item in the order sent.</summary>
[MessagePackObject]
public sealed record PositionBatchResult
{
    [Key("accepted")] public int Accepted { get; init; }

    [Key("refused")] public int Refused { get; init; }

    [Key("items")] public IReadOnlyList<PositionBatchItemResult> Items { get; init; } = [];
}

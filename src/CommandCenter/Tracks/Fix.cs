namespace CommandCenter.Tracks;

/// <summary>
/// One accepted fix in the precision that is kept: what the log, the live picture and the tracks are made of.
/// Its identity is (<see cref="DeviceId"/>, <see cref="FixTimeMs"/>). A heartbeat has <see cref="FixFlags.Heartbeat"/> and no place.
/// </summary>
public readonly record struct Fix
{
    public const ushort UnknownSpeed = ushort.MaxValue;
    public const ushort UnknownHeading = ushort.MaxValue;
    public const ushort UnknownAccuracy = ushort.MaxValue;
    public const short UnknownAltitude = short.MinValue;
    public const byte UnknownBattery = byte.MaxValue;

    public required int DeviceId { get; init; }

    public required int WorkerId { get; init; }

    /// <summary>When the device says it was there, ms since 1970 UTC.</summary>
    public required long FixTimeMs { get; init; }

    /// <summary>1e-7 degrees WGS-84.</summary>
    public int LongitudeE7 { get; init; }

    /// <summary>1e-7 degrees WGS-84.</summary>
    public int LatitudeE7 { get; init; }

    /// <summary>cm/s, at most 65,534.</summary>
    public ushort SpeedCmps { get; init; }

    /// <summary>Tenths of a degree clockwise from north, 0–3,599.</summary>
    public ushort HeadingDeci { get; init; }

    /// <summary>Radius in decimetres, at most 65,534.</summary>
    public ushort AccuracyDm { get; init; }

    /// <summary>Metres above the ellipsoid or the sea, as the device has it.</summary>
    public short AltitudeM { get; init; }

    /// <summary>0–100 per cent.</summary>
    public byte BatteryPercent { get; init; }

    public FixFlags Flags { get; init; }

    public double Longitude => LongitudeE7 / 1e7;

    public double Latitude => LatitudeE7 / 1e7;

    public bool IsHeartbeat => (Flags & FixFlags.Heartbeat) != 0;

    public double? SpeedMps => SpeedCmps == UnknownSpeed ? null : SpeedCmps / 100.0;

    public double? HeadingDegrees => HeadingDeci == UnknownHeading ? null : HeadingDeci / 10.0;

    public double? AccuracyMeters => AccuracyDm == UnknownAccuracy ? null : AccuracyDm / 10.0;
}

/// <summary>Quality of an accepted fix. Values are stored; out-of-order is not among them because it depends on what came before.</summary>
[Flags]
public enum FixFlags : byte
{
    None = 0,

    /// <summary>The phone said that another app made the place up.</summary>
    Mock = 1,

    /// <summary>Accuracy worse than the option allows for scoring.</summary>
    Inaccurate = 2,

    /// <summary>The device reports more than 60 m/s.</summary>
    ImplausibleSpeed = 4,

    /// <summary>Arrived long after it was taken (an emptied offline queue).</summary>
    Late = 8,

    Charging = 16,

    /// <summary>Sent because of an SOS: kept even off duty.</summary>
    Sos = 32,

    /// <summary>A sign of life without a place; never stored in tracks.</summary>
    Heartbeat = 128,
}

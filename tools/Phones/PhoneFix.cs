namespace CommandCenter.Phones;

/// <summary>
/// What a phone knows at one moment: WGS-84 degrees, SI units. Without coordinates it is a heartbeat, a sign of life alone.
/// </summary>
public readonly record struct PhoneFix
{
    /// <summary>ms since 1970 UTC.</summary>
    public required long FixTimeMs { get; init; }

    public double? Longitude { get; init; }

    public double? Latitude { get; init; }

    public double? SpeedMps { get; init; }

    /// <summary>Clockwise from north, 0 to below 360; null while the phone does not move.</summary>
    public double? HeadingDegrees { get; init; }

    public double? AccuracyMeters { get; init; }

    public double? AltitudeMeters { get; init; }

    /// <summary>0–100 per cent.</summary>
    public int? BatteryPercent { get; init; }

    public bool Charging { get; init; }

    /// <summary>Another app makes the place up, and the phone's system says so.</summary>
    public bool Mock { get; init; }

    /// <summary>The SOS button was pressed, as a drill; only apps with <see cref="IPhoneApp.SendsSos"/> can say it.</summary>
    public bool SosDrill { get; init; }

    public bool IsHeartbeat => Longitude is null || Latitude is null;
}

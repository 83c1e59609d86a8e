namespace CommandCenter.Positions;

/// <summary>
/// What a phone said, whatever protocol it speaks: WGS-84 degrees, SI units, nothing judged yet.
/// Null means the phone did not say; not-a-number means it said something that is no number.
/// </summary>
public readonly record struct PositionReport
{
    /// <summary>ms since 1970 UTC; null: the protocol allows the time to be missing and the server's is taken.</summary>
    public long? FixTimeMs { get; init; }

    public double? Longitude { get; init; }

    public double? Latitude { get; init; }

    public double? SpeedMps { get; init; }

    public double? HeadingDegrees { get; init; }

    public double? AccuracyMeters { get; init; }

    public double? AltitudeMeters { get; init; }

    /// <summary>0–100 per cent.</summary>
    public double? BatteryPercent { get; init; }

    public bool Charging { get; init; }

    public bool Mock { get; init; }

    /// <summary>The protocol's alarm word, such as <c>sos</c>.</summary>
    public string? Alarm { get; init; }

    /// <summary>The alarm is an exercise: it rings as any other and is marked everywhere.</summary>
    public bool Drill { get; init; }

    /// <summary>The protocol marks it as a sign of life that carries no place on purpose.</summary>
    public bool Heartbeat { get; init; }

    /// <summary>Set by a binder that could not read the report; the rules refuse it as malformed with this text.</summary>
    public string? Malformed { get; init; }
}

namespace CommandCenter.Replay.Reading;

/// <summary>One recorded fix: ms since 1970 UTC, WGS-84 degrees, SI units. What the file does not say is not-a-number.</summary>
public readonly record struct TrackPoint(string Track, long TimeMs, double Longitude, double Latitude)
{
    public float AltitudeMeters { get; init; } = float.NaN;

    public float SpeedMps { get; init; } = float.NaN;

    public float HeadingDegrees { get; init; } = float.NaN;

    public float AccuracyMeters { get; init; } = float.NaN;
}

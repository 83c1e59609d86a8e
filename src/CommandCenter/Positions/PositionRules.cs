using CommandCenter.Tracks;

namespace CommandCenter.Positions;

/// <summary>
/// Which reports are kept: a pure function of the report, the server's clock and the options. Only coordinates and time can cost a
/// report its place; an unreadable speed, course, accuracy, altitude or battery merely becomes unknown. Duty is not judged here.
/// </summary>
public static class PositionRules
{
    /// <summary>Degrees around 0°, 0° (11 m): where receivers without a fix say they are.</summary>
    public const double NullIslandDegrees = 1e-4;

    /// <summary>Fills <paramref name="fix"/> unless the report is refused.</summary>
    public static Refusal Judge(in PositionReport report, int deviceId, int workerId, long receivedAtMs, PositionOptions options, out Fix fix)
    {
        fix = default;
        if (report.Malformed is not null)
        {
            return Refusal.Malformed;
        }

        var refusal = report.Heartbeat ? Refusal.None : JudgePlace(report.Longitude, report.Latitude);
        if (refusal == Refusal.None)
        {
            refusal = JudgeTime(report.FixTimeMs, receivedAtMs, options);
        }

        if (refusal == Refusal.None)
        {
            fix = Quantize(report, deviceId, workerId, receivedAtMs, options);
        }

        return refusal;
    }

    /// <summary>A sentence for the device's page. It carries no coordinates: refusals outlive the right to keep those.</summary>
    public static string Explain(in PositionReport report, Refusal refusal, long receivedAtMs, PositionOptions options) => refusal switch
    {
        Refusal.Malformed => report.Malformed ?? "a coordinate is not a number",
        Refusal.NoCoordinates => "longitude or latitude is missing or marked invalid",
        Refusal.OutOfRange => "longitude must be within ±180° and latitude within ±90°",
        Refusal.NullIsland => "the position is 0°, 0°: the receiver had no fix",
        Refusal.FromTheFuture => $"the fix is {Seconds(report.FixTimeMs - receivedAtMs)} s ahead of the server; {options.FutureToleranceSeconds} s are allowed",
        Refusal.TooOld => $"the fix is {Seconds(receivedAtMs - report.FixTimeMs) / 86_400} days old; {options.MaxAgeDays} are allowed",
        Refusal.OffDuty => "the worker was off duty then",
        _ => refusal.Name(),
    };

    private static Refusal JudgePlace(double? longitude, double? latitude)
    {
        if (longitude is not { } lon || latitude is not { } lat)
        {
            return Refusal.NoCoordinates;
        }

        if (double.IsNaN(lon) || double.IsNaN(lat))
        {
            return Refusal.Malformed;
        }

        if (Math.Abs(lon) > 180 || Math.Abs(lat) > 90)
        {
            return Refusal.OutOfRange;
        }

        return Math.Abs(lon) < NullIslandDegrees && Math.Abs(lat) < NullIslandDegrees ? Refusal.NullIsland : Refusal.None;
    }

    private static Refusal JudgeTime(long? fixTimeMs, long receivedAtMs, PositionOptions options) => fixTimeMs switch
    {
        null => Refusal.None,
        { } time when time > receivedAtMs + options.FutureToleranceMs => Refusal.FromTheFuture,
        { } time when time < receivedAtMs - options.MaxAgeMs => Refusal.TooOld,
        _ => Refusal.None,
    };

    private static Fix Quantize(in PositionReport report, int deviceId, int workerId, long receivedAtMs, PositionOptions options)
    {
        var time = report.FixTimeMs ?? receivedAtMs;
        return new Fix
        {
            DeviceId = deviceId,
            WorkerId = workerId,
            FixTimeMs = time,
            LongitudeE7 = report.Heartbeat ? 0 : (int)Math.Round(report.Longitude.GetValueOrDefault() * 1e7),
            LatitudeE7 = report.Heartbeat ? 0 : (int)Math.Round(report.Latitude.GetValueOrDefault() * 1e7),
            SpeedCmps = Steps(report.SpeedMps, 100, Fix.UnknownSpeed),
            HeadingDeci = Heading(report.HeadingDegrees),
            AccuracyDm = Steps(report.AccuracyMeters, 10, Fix.UnknownAccuracy),
            AltitudeM = Altitude(report.AltitudeMeters),
            BatteryPercent = Battery(report.BatteryPercent),
            Flags = Flags(report, time, receivedAtMs, options),
        };
    }

    private static FixFlags Flags(in PositionReport report, long time, long receivedAtMs, PositionOptions options) =>
        (report.Mock ? FixFlags.Mock : 0)
        | (report.AccuracyMeters > options.InaccurateMeters ? FixFlags.Inaccurate : 0)
        | (report.SpeedMps > options.ImplausibleSpeedMps ? FixFlags.ImplausibleSpeed : 0)
        | (receivedAtMs - time > options.LateMs ? FixFlags.Late : 0)
        | (report.Charging ? FixFlags.Charging : 0)
        | (string.Equals(report.Alarm, "sos", StringComparison.OrdinalIgnoreCase) ? FixFlags.Sos : 0)
        | (report.Heartbeat ? FixFlags.Heartbeat : 0);

    /// <summary>A negative number is how phones, iOS above all, say that they do not know.</summary>
    private static ushort Steps(double? value, double perUnit, ushort unknown) =>
        value is { } known && double.IsFinite(known) && known >= 0
            ? (ushort)Math.Min(Math.Round(known * perUnit), unknown - 1)
            : unknown;

    private static ushort Heading(double? degrees) =>
        degrees is { } known && double.IsFinite(known) && known is >= 0 and <= 360
            ? (ushort)((int)Math.Round(known * 10) % 3_600)
            : Fix.UnknownHeading;

    private static short Altitude(double? meters) =>
        meters is { } known && double.IsFinite(known)
            ? (short)Math.Clamp(Math.Round(known), Fix.UnknownAltitude + 1, short.MaxValue)
            : Fix.UnknownAltitude;

    private static byte Battery(double? percent) =>
        percent is { } known && double.IsFinite(known) && known >= 0 ? (byte)Math.Round(Math.Min(known, 100)) : Fix.UnknownBattery;

    private static long Seconds(long? milliseconds) => milliseconds.GetValueOrDefault() / 1_000;
}

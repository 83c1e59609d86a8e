using System.Globalization;

namespace CommandCenter.Tracks.Reimport;

/// <summary>Puts a fix together from what a file says of it, refusing what no accepted fix can be. Pure.</summary>
internal static class FixValues
{
    private const FixFlags Known = FixFlags.Mock | FixFlags.Inaccurate | FixFlags.ImplausibleSpeed | FixFlags.Late | FixFlags.Charging | FixFlags.Sos;

    /// <summary>In the whole numbers that are kept; null: not said. <see cref="FixLine.Fault"/> names what cannot be.</summary>
    public static FixLine Line(
        long line, string? worker, long? device, long? fixTimeMs, long? longitudeE7, long? latitudeE7,
        long? speedCmps, long? headingDeci, long? accuracyDm, long? altitudeM, long? battery, long? flags)
    {
        var fault = string.IsNullOrEmpty(worker) ? "worker"
            : device is not (> 0 and <= int.MaxValue) ? "device"
            : fixTimeMs is not (>= 0 and < 253_402_300_800_000) ? "time"
            : longitudeE7 is not (>= -1_800_000_000 and <= 1_800_000_000) ? "longitude"
            : latitudeE7 is not (>= -900_000_000 and <= 900_000_000) ? "latitude"
            : speedCmps is < 0 or > Fix.UnknownSpeed ? "speed"
            : headingDeci is < 0 or (>= 3_600 and not Fix.UnknownHeading) ? "heading"
            : accuracyDm is < 0 or > Fix.UnknownAccuracy ? "accuracy"
            : altitudeM is < short.MinValue or > short.MaxValue ? "altitude"
            : battery is < 0 or (> 100 and not Fix.UnknownBattery) ? "battery"
            : flags is < 0 || (flags & ~(long)Known) is > 0 ? "flags"
            : null;
        return fault is not null ? FixLine.Bad(line, fault) : new FixLine(line, worker!, new Fix
        {
            WorkerId = 0,
            DeviceId = (int)device!,
            FixTimeMs = fixTimeMs!.Value,
            LongitudeE7 = (int)longitudeE7!,
            LatitudeE7 = (int)latitudeE7!,
            SpeedCmps = (ushort)(speedCmps ?? Fix.UnknownSpeed),
            HeadingDeci = (ushort)(headingDeci ?? Fix.UnknownHeading),
            AccuracyDm = (ushort)(accuracyDm ?? Fix.UnknownAccuracy),
            AltitudeM = (short)(altitudeM ?? Fix.UnknownAltitude),
            BatteryPercent = (byte)(battery ?? Fix.UnknownBattery),
            Flags = (FixFlags)(flags ?? 0),
        });
    }

    /// <summary>A decimal as units of 10^-<paramref name="decimals"/>; null: nothing; out of every bound when it is no number, or finer than what is kept.</summary>
    public static long? Scaled(string? text, int decimals)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || Math.Abs(value) > 1_000_000_000_000_000m)
        {
            return long.MinValue;
        }

        for (var i = 0; i < decimals; i++)
        {
            value *= 10;
        }

        return value == decimal.Truncate(value) ? (long)value : long.MinValue;
    }

    /// <summary>Ms since 1970 of 2026-01-31T08:00:00.000Z.</summary>
    public static long? Moment(string? text) =>
        DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at.ToUnixTimeMilliseconds() : null;
}

namespace CommandCenter.Tracks.Exports;

/// <summary>One number of a fix that a phone may not have said: its name in every format, its unit, and how it is written.</summary>
internal sealed record ExportField(string Name, string Unit, int Decimals, Func<Fix, long?> Value)
{
    /// <summary>The value, or nothing at all where the phone said none.</summary>
    public void Write(ExportText to, in Fix fix)
    {
        if (Value(fix) is { } value)
        {
            Write(to, value);
        }
    }

    public void Write(ExportText to, long value)
    {
        if (Decimals == 0)
        {
            to.Number(value);
        }
        else
        {
            to.Decimal(value, Decimals);
        }
    }
}

internal static class ExportFields
{
    /// <summary>Units as UCUM codes.</summary>
    public static readonly ExportField[] Numbers =
    [
        new("speedMps", "m/s", 2, fix => fix.SpeedCmps == Fix.UnknownSpeed ? null : fix.SpeedCmps),
        new("headingDegrees", "deg", 1, fix => fix.HeadingDeci == Fix.UnknownHeading ? null : fix.HeadingDeci),
        new("accuracyMeters", "m", 1, fix => fix.AccuracyDm == Fix.UnknownAccuracy ? null : fix.AccuracyDm),
        new("altitudeMeters", "m", 0, fix => fix.AltitudeM == Fix.UnknownAltitude ? null : fix.AltitudeM),
        new("batteryPercent", "%", 0, fix => fix.BatteryPercent == Fix.UnknownBattery ? null : fix.BatteryPercent),
    ];

    private static readonly (FixFlags Flag, string Name)[] FlagNames =
    [
        (FixFlags.Mock, "mock"), (FixFlags.Inaccurate, "inaccurate"), (FixFlags.ImplausibleSpeed, "implausible-speed"), (FixFlags.Late, "late"),
        (FixFlags.Charging, "charging"), (FixFlags.Sos, "sos"),
    ];

    /// <summary>Every set of flags in words with a space between, made once.</summary>
    private static readonly string[] FlagWords =
        [.. Enumerable.Range(0, 256).Select(flags => string.Join(' ', FlagNames.Where(flag => ((FixFlags)flags & flag.Flag) != 0).Select(flag => flag.Name)))];

    public static string Words(FixFlags flags) => FlagWords[(byte)flags];

    /// <summary>The set that such words mean; null when a word is unknown.</summary>
    public static FixFlags? Parse(string words)
    {
        var flags = FixFlags.None;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var found = Array.Find(FlagNames, flag => flag.Name == word);
            if (found.Name is null)
            {
                return null;
            }

            flags |= found.Flag;
        }

        return flags;
    }
}

namespace CommandCenter.Tracks.Meaning;

/// <summary>How somebody got along for some minutes.</summary>
public enum TravelMode : byte
{
    Foot,
    Bicycle,
    Vehicle,
}

/// <summary>
/// The mode of travel of each ten minutes (whole ones of the clock): the fastest one in which at least a quarter of the moving time was spent. Weighing by time,
/// not by fixes, and leaving out what no vehicle can do, a few jumps do not turn a walk into a ride, and one more fix on the line changes nothing. Pure.
/// </summary>
internal static class TravelModes
{
    public const long BlockMs = 600_000;

    /// <summary>Slower is standing about.</summary>
    private const double MovingMps = 0.5;

    /// <summary>9 km/h: nobody walks faster for long (comfortable gait is 1.2 to 1.5 m/s: Bohannon and Andrews, Physiotherapy 97, 2011).</summary>
    private const double FasterThanFootMps = 2.5;

    /// <summary>27 km/h: just above the 25 km/h at which an electric bicycle stops helping (GB 17761-2018).</summary>
    private const double FasterThanBicycleMps = 7.5;

    public static TravelMode Of(ReadOnlySpan<Fix> fixes, int within, long gapMs, TrackMeaningOptions options)
    {
        var block = fixes[within].FixTimeMs / BlockMs;
        var first = within;
        while (first > 0 && fixes[first - 1].FixTimeMs / BlockMs == block)
        {
            first--;
        }

        var plane = default(LocalPlane);
        double moving = 0, overFoot = 0, overBicycle = 0;
        var before = -1;
        for (var i = first; i < fixes.Length && fixes[i].FixTimeMs / BlockMs == block; i++)
        {
            ref readonly var fix = ref fixes[i];
            if ((fix.Flags & CleaningRules.NoPlace) != 0)
            {
                continue;
            }

            if (before >= 0 && fix.FixTimeMs - fixes[before].FixTimeMs is var ms && ms > 0 && ms <= gapMs)
            {
                var seconds = ms / 1_000.0;
                var speed = plane.Meters(fixes[before].LongitudeE7, fixes[before].LatitudeE7, fix.LongitudeE7, fix.LatitudeE7) / seconds;
                if (speed >= MovingMps && speed <= options.VehicleMps)
                {
                    moving += seconds;
                    overFoot += speed > FasterThanFootMps ? seconds : 0;
                    overBicycle += speed > FasterThanBicycleMps ? seconds : 0;
                }
            }

            before = i;
        }

        return overBicycle > 0 && overBicycle * 4 >= moving ? TravelMode.Vehicle
            : overFoot > 0 && overFoot * 4 >= moving ? TravelMode.Bicycle
            : TravelMode.Foot;
    }
}

using CommandCenter.Tracks;

namespace CommandCenter.Benchmarks;

/// <summary>A worker's day as a phone tells it, a fix each five seconds: patrols around blocks, rests, rides, 3 m of error, one fix in a hundred astray.</summary>
internal static class PatrolDay
{
    public const int FixesOfADay = 17_280;

    public static Fix[] Make()
    {
        var random = new Random(1);
        var fixes = new Fix[FixesOfADay];
        double east = 0, north = 0;
        for (var n = 0; n < FixesOfADay; n++)
        {
            // Twenty minutes each: a rest, a walk around a block of 80 m, a ride out or back.
            var part = n / 240;
            var step = n % 240;
            (east, north) = (part % 3) switch
            {
                0 => (east, north),
                1 => (east + (((step / 13) % 4) switch { 0 => 6.25, 2 => -6.25, _ => 0 }), north + (((step / 13) % 4) switch { 1 => 6.25, 3 => -6.25, _ => 0 })),
                _ => (east + (part % 2 == 0 ? 25 : -25), north),
            };
            var astray = n % 100 == 50 ? 0.004 : 0;
            fixes[n] = new Fix
            {
                DeviceId = 7,
                WorkerId = 3,
                FixTimeMs = 1_790_000_000_000 + (n * 5_000L),
                LongitudeE7 = (int)((112.56 + ((east + Error()) / 87_800)) * 1e7),
                LatitudeE7 = (int)((37.86 + astray + ((north + Error()) / 111_195)) * 1e7),
                SpeedCmps = Fix.UnknownSpeed,
                HeadingDeci = Fix.UnknownHeading,
                AccuracyDm = 50,
                AltitudeM = 780,
                BatteryPercent = 66,
            };
        }

        return fixes;

        double Error() => (random.NextDouble() - 0.5) * 6;
    }
}

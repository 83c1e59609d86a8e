using CommandCenter.Tracks;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks;

/// <summary>Makes fixes for tests: plausible walks, and any at all.</summary>
internal static class Fixes
{
    public const long Noon = 1_790_000_000_000;

    public static Fix At(long ms, double longitude = 112.56, double latitude = 37.86, int device = 7, int worker = 3, double? speedMps = 1.2) => new()
    {
        DeviceId = device,
        WorkerId = worker,
        FixTimeMs = ms,
        LongitudeE7 = (int)Math.Round(longitude * 1e7),
        LatitudeE7 = (int)Math.Round(latitude * 1e7),
        SpeedCmps = speedMps is { } speed ? (ushort)(speed * 100) : Fix.UnknownSpeed,
        HeadingDeci = 900,
        AccuracyDm = 80,
        AltitudeM = 780,
        BatteryPercent = 66,
    };

    /// <summary>Any fix of one worker: few devices and times, so that identities repeat and ties are common.</summary>
    public static Gen<Fix> Any(int worker) =>
        from time in Gen.Choose(0, 40)
        from device in Gen.Choose(1, 3)
        from longitude in Gen.Choose(-3, 3)
        from latitude in Gen.Choose(-3, 3)
        from far in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(-50_000_000, 50_000_000)))
        from speed in Gen.Elements((ushort)0, (ushort)120, (ushort)6_000, Fix.UnknownSpeed)
        from heading in Gen.Elements((ushort)0, (ushort)3_599, Fix.UnknownHeading)
        from accuracy in Gen.Elements((ushort)0, (ushort)50, (ushort)65_534, Fix.UnknownAccuracy)
        from altitude in Gen.Elements((short)0, (short)-400, short.MaxValue, Fix.UnknownAltitude)
        from battery in Gen.Elements((byte)0, (byte)100, Fix.UnknownBattery)
        from flags in Gen.Elements(FixFlags.None, FixFlags.Mock, FixFlags.Late | FixFlags.Inaccurate)
        select new Fix
        {
            DeviceId = device,
            WorkerId = worker,
            FixTimeMs = Noon + (time * 997),
            LongitudeE7 = 1_125_600_000 + (longitude * 100) + far,
            LatitudeE7 = 378_600_000 + (latitude * 100),
            SpeedCmps = speed,
            HeadingDeci = heading,
            AccuracyDm = accuracy,
            AltitudeM = altitude,
            BatteryPercent = battery,
            Flags = flags,
        };

    public static Arbitrary<Fix[]> AnyList(int worker, int most = 60) =>
        (from n in Gen.Choose(1, most) from fixes in Gen.ArrayOf(Any(worker), n) select fixes).ToArbitrary();

    public static T[] Shuffled<T>(IEnumerable<T> items, int seed)
    {
        var all = items.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}

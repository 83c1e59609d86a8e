using CommandCenter.Contracts.Workers;
using CommandCenter.Simulator;
using CommandCenter.Tracks;
using Town = CommandCenter.Tests.Tools.Streets;

namespace CommandCenter.OracleTests;

/// <summary>
/// Workers of the simulator on the streets of a small town for three hours: a fix in 5 s with some metres of error, and now and then a vague fix, one far astray, a silence of minutes.
/// </summary>
internal static class TownPatrols
{
    private const int Hours = 3;
    private const int StepSeconds = 5;

    public static Fix[][] Make(int workers)
    {
        var town = Town.Town();
        return [.. Enumerable.Range(0, workers).Select(i => Walk(town, Town.Worker(i, i % 4 == 0 ? WorkerRole.GridLeader : WorkerRole.GridWorker), i))];
    }

    private static Fix[] Walk(StreetGraph town, PlannedWorker worker, int seed)
    {
        var random = new Random(seed);
        var beat = Patrol.BeatOf(town, worker, seed);
        var state = Patrol.Start(town, worker, seed);
        var fixes = new List<Fix>();
        for (var (second, silentUntil) = (0, 0); second < Hours * 3_600; second++)
        {
            state = Patrol.Step(town, beat, state);
            silentUntil = random.Next(3_000) == 0 ? second + random.Next(20, 400) : silentUntil;
            if (second % StepSeconds == 0 && second >= silentUntil)
            {
                fixes.Add(At(second, Patrol.PlaceOf(town, state)));
            }
        }

        return [.. fixes];

        Fix At(int second, (double East, double North, double HeadingDegrees) place)
        {
            var astray = random.Next(150) == 0 ? 900 : 0;
            var (longitude, latitude) = town.ToDegrees(place.East + astray + Error(), place.North + Error());
            return new Fix
            {
                DeviceId = seed + 1,
                WorkerId = seed + 1,
                FixTimeMs = 1_790_000_000_000 + (second * 1_000L) + random.Next(400),
                LongitudeE7 = (int)Math.Round(longitude * 1e7),
                LatitudeE7 = (int)Math.Round(latitude * 1e7),
                SpeedCmps = Fix.UnknownSpeed,
                HeadingDeci = Fix.UnknownHeading,
                AccuracyDm = (ushort)(random.Next(40) == 0 ? 450 : 50),
                AltitudeM = Fix.UnknownAltitude,
                BatteryPercent = Fix.UnknownBattery,
            };
        }

        double Error() => (random.NextDouble() + random.NextDouble() - 1) * 6;
    }
}

using CommandCenter.Coverage;
using CommandCenter.Geo;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Coverage;

/// <summary>Tracks as people walk them, in the plane, with pauses, gaps, jumps and vague fixes.</summary>
internal static class Patrols
{
    public const long Start = 1_780_000_000_000;

    public static readonly CoverageOptions Options = new();
    public static readonly GaussKruger Zone = GaussKruger.ZoneOf(112.56);

    /// <summary>A corner of a square, metres in the plane.</summary>
    public static readonly (double East, double North) Origin = (14_931 * 25.0, 167_717 * 25.0);

    public static WorkerCoverage Reader() => new(new MetricPlane(Zone), Options, new TrackMeaningOptions());

    /// <summary>Metres from the origin.</summary>
    public static Fix At(double seconds, double east, double north, double accuracyMeters = 8, FixFlags flags = FixFlags.None)
    {
        var (longitude, latitude) = Zone.Unproject(Origin.East + east, Origin.North + north);
        return new Fix
        {
            DeviceId = 1,
            WorkerId = 1,
            FixTimeMs = Start + (long)Math.Round(seconds * 1_000),
            LongitudeE7 = (int)Math.Round(longitude * 1e7),
            LatitudeE7 = (int)Math.Round(latitude * 1e7),
            SpeedCmps = Fix.UnknownSpeed,
            HeadingDeci = Fix.UnknownHeading,
            AccuracyDm = (ushort)Math.Round(accuracyMeters * 10),
            AltitudeM = Fix.UnknownAltitude,
            BatteryPercent = Fix.UnknownBattery,
            Flags = flags,
        };
    }

    public static WorkerCoverage Read(IReadOnlyList<Fix> fixes, double fromSeconds = -86_400, double toSeconds = 86_400)
    {
        var reader = Reader();
        reader.Read([.. fixes], Start + (long)(fromSeconds * 1_000), Start + (long)(toSeconds * 1_000));
        return reader;
    }

    /// <summary>The square so many squares from the origin.</summary>
    public static CoverageCell Cell(int column, int row) => CoverageCell.At(Origin.East + 1, Origin.North + 1) is var origin ? new(origin.Column + column, origin.Row + row) : default;

    /// <summary>Steps of up to 75 s and 60 m, now and then a jump or a vague fix.</summary>
    public static Arbitrary<Fix[]> Any() => (
        from steps in Gen.Choose(0, 1_000_000).Three().ArrayOf()
        select Walk(steps)).ToArbitrary();

    private static Fix[] Walk((int, int, int)[] steps)
    {
        var fixes = new List<Fix>();
        var (seconds, east, north) = (0.0, 10.0, 10.0);
        foreach (var (a, b, c) in steps)
        {
            seconds += 1 + (a % 75);
            (east, north) = (east + ((b % 1_000) * 0.12) - 60, north + ((c % 1_000) * 0.12) - 60);
            fixes.Add(a % 17 == 0 ? At(seconds, east + 4_000, north) : At(seconds, east, north, b % 11 == 0 ? 45 : 8, c % 23 == 0 ? FixFlags.Sos : FixFlags.None));
        }

        return [.. fixes];
    }
}

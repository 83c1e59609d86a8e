using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tests.Tracks.Meaning;

/// <summary>Tracks made by hand, in metres east and north of a street corner in Yingze, so that every answer is known.</summary>
internal sealed class Walks
{
    public const long Start = 1_790_000_000_000;
    private const double MetersPerDegree = CommandCenter.Geo.Distance.EarthRadiusMeters * Math.PI / 180;
    private static readonly double EastPerDegree = MetersPerDegree * Math.Cos(37.86 * Math.PI / 180);

    private readonly Random _random = new(1);
    private double _east;
    private double _north;

    public List<Fix> Fixes { get; } = [];

    public double Seconds { get; private set; }

    /// <summary>Error of each fix, metres, even in a square.</summary>
    public double NoiseMeters { get; set; }

    public double IntervalSeconds { get; set; } = 5;

    public ushort SpeedCmps { get; set; } = Fix.UnknownSpeed;

    public static TrackMeaning Meaning(IEnumerable<Fix> fixes, TrackMeaningOptions? options = null, bool clean = true)
    {
        var meaning = new TrackMeaning(options ?? new TrackMeaningOptions());
        List<Fix> sorted = [.. fixes];
        FixOrder.SortAndDeduplicate(sorted);
        meaning.Read(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sorted), clean);
        return meaning;
    }

    public TrackMeaning Meaning(bool clean = true) => Meaning(Fixes, null, clean);

    public static Fix FixAt(double seconds, double east, double north, ushort speedCmps = Fix.UnknownSpeed, FixFlags flags = FixFlags.None) => new()
    {
        DeviceId = 7,
        WorkerId = 3,
        FixTimeMs = Start + (long)Math.Round(seconds * 1_000),
        LongitudeE7 = (int)Math.Round((112.56 + (east / EastPerDegree)) * 1e7),
        LatitudeE7 = (int)Math.Round((37.86 + (north / MetersPerDegree)) * 1e7),
        SpeedCmps = speedCmps,
        HeadingDeci = Fix.UnknownHeading,
        AccuracyDm = 80,
        AltitudeM = Fix.UnknownAltitude,
        BatteryPercent = Fix.UnknownBattery,
        Flags = flags,
    };

    public Walks Rest(double seconds)
    {
        for (var end = Seconds + seconds; Seconds < end; Seconds += IntervalSeconds)
        {
            Report();
        }

        return this;
    }

    public Walks To(double east, double north, double mps = 1.25)
    {
        var (fromEast, fromNorth) = (_east, _north);
        var steps = Math.Max(1, (int)Math.Round(double.Hypot(east - _east, north - _north) / mps / IntervalSeconds));
        for (var step = 0; step < steps; step++)
        {
            _east = fromEast + ((east - fromEast) * step / steps);
            _north = fromNorth + ((north - fromNorth) * step / steps);
            Report();
            Seconds += IntervalSeconds;
        }

        (_east, _north) = (east, north);
        return this;
    }

    /// <summary>Around a square block whose corner is here, so many times.</summary>
    public Walks Loop(double side, int times, double mps = 1.25)
    {
        var (east, north) = (_east, _north);
        for (var n = 0; n < times; n++)
        {
            To(east + side, north, mps).To(east + side, north + side, mps).To(east, north + side, mps).To(east, north, mps);
        }

        return this;
    }

    /// <summary>Goes on without a word.</summary>
    public Walks Silently(double seconds, double east, double north)
    {
        Seconds += seconds;
        (_east, _north) = (east, north);
        return this;
    }

    public Walks Report()
    {
        Fixes.Add(FixAt(Seconds, _east + Noise(), _north + Noise(), SpeedCmps));
        return this;

        double Noise() => ((_random.NextDouble() * 2) - 1) * NoiseMeters;
    }
}

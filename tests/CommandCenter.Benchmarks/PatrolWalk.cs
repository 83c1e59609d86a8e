using CommandCenter.Tracks;

namespace CommandCenter.Benchmarks;

/// <summary>One worker who patrols around a place of his own, hour after hour: a steady pace with rests, turning back 250 m from its middle; one fix in two hundred astray or vague.</summary>
internal sealed class PatrolWalk(int worker)
{
    private const double MetersOfALongitude = 88_000;
    private const double MetersOfALatitude = 111_000;
    private const double Reach = 250;
    private const double Spacing = 180;
    private const int Side = 60;

    private readonly Random _random = new(worker);
    private double _east;
    private double _north;
    private double _heading = worker;
    private bool _rests;

    public List<Fix> Hour(long hourMs)
    {
        var fixes = new List<Fix>(TrackReadWorld.FixesAnHour);
        for (var i = 0; i < TrackReadWorld.FixesAnHour; i++)
        {
            var speed = Step();
            var astray = _random.Next(400) == 0 ? 0.004 : 0;
            var (east, north) = ((worker % Side * Spacing) + _east + Error(), (worker / Side * Spacing) + _north + Error());
            fixes.Add(new Fix
            {
                DeviceId = worker + 100,
                WorkerId = worker,
                FixTimeMs = hourMs + (i * 5_000L) + (worker % 5 * 1_000L),
                LongitudeE7 = (int)((112.5 + (east / MetersOfALongitude)) * 1e7),
                LatitudeE7 = (int)((37.8 + astray + (north / MetersOfALatitude)) * 1e7),
                SpeedCmps = (ushort)(speed * 100),
                HeadingDeci = (ushort)(((_heading % 360) + 360) % 360 * 10),
                AccuracyDm = (ushort)(_random.Next(400) == 0 ? 800 : 50 + (_random.Next(3) * 10)),
                AltitudeM = 780,
                BatteryPercent = 90,
            });
        }

        return fixes;
    }

    /// <summary>Five seconds on; metres a second.</summary>
    private double Step()
    {
        _rests = _random.Next(100) < (_rests ? 6 : 2) ? !_rests : _rests;
        if (_rests)
        {
            return 0;
        }

        var home = Math.Sqrt((_east * _east) + (_north * _north)) > Reach;
        _heading = home ? Math.Atan2(-_east, -_north) * 180 / Math.PI : _heading + (_random.NextDouble() * 30) - 15;
        var speed = 1 + (_random.NextDouble() * 0.6);
        _east += Math.Sin(_heading * Math.PI / 180) * speed * 5;
        _north += Math.Cos(_heading * Math.PI / 180) * speed * 5;
        return speed;
    }

    private double Error() => (_random.NextDouble() - 0.5) * 4;
}

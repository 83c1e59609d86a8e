using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>
/// Bends flat metres (east and north of the bounds' south-west corner) into degrees: hardly in the city, strongly in the hills, where straight
/// cuts become winding roads. Smooth and gentle enough never to fold the ground (the tests look).
/// </summary>
internal sealed class DemoWarp
{
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly double _west;
    private readonly double _south;
    private readonly double _perLongitude;
    private readonly Waves[] _everywhere;
    private readonly Waves[] _hills;

    public DemoWarp(DemoPlan plan)
    {
        (_west, _south) = (plan.Bounds[0], plan.Bounds[1]);
        _perLongitude = MetersPerDegree * Math.Cos((plan.Bounds[1] + plan.Bounds[3]) / 2 * Math.PI / 180);
        Width = (plan.Bounds[2] - plan.Bounds[0]) * _perLongitude;
        Height = (plan.Bounds[3] - plan.Bounds[1]) * MetersPerDegree;
        var random = new Random(plan.Seed);
        _everywhere = [Waves.Make(random, (8_500, 135), (4_800, 75), (2_100, 14)), Waves.Make(random, (8_500, 135), (4_800, 75), (2_100, 14))];
        _hills = [Waves.Make(random, (6_200, 190), (3_400, 140), (1_500, 58), (700, 15)), Waves.Make(random, (6_200, 190), (3_400, 140), (1_500, 58), (700, 15))];
    }

    /// <summary>Metres.</summary>
    public double Width { get; }

    /// <summary>Metres.</summary>
    public double Height { get; }

    /// <summary>0 in the city, 1 in the hills, in between at their foot.</summary>
    public static double Hilliness(double east)
    {
        var t = Math.Clamp((east - 6_700) / 3_200, 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>How finely an edge must be divided there for its bends to show, metres.</summary>
    public static double Spacing(double east) => 230 - (160 * Hilliness(east));

    public Coordinate ToDegrees(Coordinate flat)
    {
        var hilly = Hilliness(flat.X);
        var east = flat.X + _everywhere[0].At(flat) + (hilly * _hills[0].At(flat));
        var north = flat.Y + _everywhere[1].At(flat) + (hilly * _hills[1].At(flat));
        return new Coordinate(Math.Round(_west + (east / _perLongitude), 7), Math.Round(_south + (north / MetersPerDegree), 7));
    }

    /// <summary>Sine waves of seeded directions; two of each length, so that no stripes show.</summary>
    private sealed class Waves
    {
        private readonly List<(double X, double Y, double Phase, double Height)> _waves = [];

        public static Waves Make(Random random, params (double Length, double Height)[] lengths)
        {
            var waves = new Waves();
            foreach (var (length, height) in lengths.SelectMany(each => new[] { each, each }))
            {
                var direction = random.NextDouble() * 2 * Math.PI;
                var turns = 2 * Math.PI / (length * (0.85 + (0.3 * random.NextDouble())));
                waves._waves.Add((turns * Math.Cos(direction), turns * Math.Sin(direction), random.NextDouble() * 2 * Math.PI, height / 2));
            }

            return waves;
        }

        public double At(Coordinate flat)
        {
            var sum = 0.0;
            foreach (var (x, y, phase, height) in _waves)
            {
                sum += height * Math.Sin((x * flat.X) + (y * flat.Y) + phase);
            }

            return sum;
        }
    }
}

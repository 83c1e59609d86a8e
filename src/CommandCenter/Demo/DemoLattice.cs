using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A block of the lattice's cells, ends exclusive.</summary>
public readonly record struct Block(int West, int South, int East, int North)
{
    public int Width => East - West;

    public int Height => North - South;
}

/// <summary>
/// A warped net of points over the district. Every border runs along it, so neighbours share their points exactly: no gap, no overlap.
/// The warp is smooth and small enough never to fold the net (the tests check each cell).
/// </summary>
public sealed class DemoLattice
{
    private readonly Coordinate[,] _points;

    public DemoLattice(DemoPlan plan)
    {
        Columns = plan.Columns;
        Rows = plan.Rows;
        var random = new Random(plan.Seed);
        var eastward = new Waves(random);
        var northward = new Waves(random);
        _points = new Coordinate[Columns + 1, Rows + 1];
        for (var i = 0; i <= Columns; i++)
        {
            for (var j = 0; j <= Rows; j++)
            {
                var u = (double)i / Columns;
                var v = (double)j / Rows;

                // Barrel-shaped, since no district is a rectangle, then waved; all of it inside the bounds.
                var x = 0.5 + ((u - 0.5) * (0.94 - (0.2 * Square((2 * v) - 1)))) + eastward.At(u, v);
                var y = 0.5 + ((v - 0.5) * (0.94 - (0.16 * Square((2 * u) - 1)))) + northward.At(u, v);
                _points[i, j] = new Coordinate(
                    Math.Round(plan.Bounds[0] + (x * (plan.Bounds[2] - plan.Bounds[0])), 7),
                    Math.Round(plan.Bounds[1] + (y * (plan.Bounds[3] - plan.Bounds[1])), 7));
            }
        }
    }

    public int Columns { get; }

    public int Rows { get; }

    public Coordinate this[int i, int j] => _points[i, j];

    public Polygon Outline(Block block) => Wgs84.Factory.CreatePolygon([.. Border(block).Select(at => this[at.I, at.J].Copy())]);

    /// <summary>The points of the block's border, counter-clockwise, the first again at the end.</summary>
    public static IEnumerable<(int I, int J)> Border(Block block)
    {
        for (var i = block.West; i < block.East; i++)
        {
            yield return (i, block.South);
        }

        for (var j = block.South; j < block.North; j++)
        {
            yield return (block.East, j);
        }

        for (var i = block.East; i > block.West; i--)
        {
            yield return (i, block.North);
        }

        for (var j = block.North; j >= block.South; j--)
        {
            yield return (block.West, j);
        }
    }

    private static double Square(double x) => x * x;

    /// <summary>A few sine waves of seeded direction: long ones bend whole quarters, short ones roughen the streets.</summary>
    private sealed class Waves(Random random)
    {
        private readonly (double Fx, double Fy, double Phase, double Height)[] _waves =
            [Wave(random, 1.6, 0.012), Wave(random, 3.1, 0.005), Wave(random, 8, 0.0016), Wave(random, 19, 0.0006), Wave(random, 37, 0.0003)];

        public double At(double u, double v) => _waves.Sum(wave => wave.Height * Math.Sin((2 * Math.PI * ((wave.Fx * u) + (wave.Fy * v))) + wave.Phase));

        private static (double Fx, double Fy, double Phase, double Height) Wave(Random random, double frequency, double height)
        {
            var direction = random.NextDouble() * 2 * Math.PI;
            return (frequency * Math.Cos(direction), frequency * Math.Sin(direction), random.NextDouble() * 2 * Math.PI, height);
        }
    }
}

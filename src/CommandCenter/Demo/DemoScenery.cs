using CommandCenter.Contracts.Areas;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>Something on the ground that is no street: its layer is water, land or places, its geometry in degrees.</summary>
/// <param name="Order">What comes later lies above.</param>
/// <param name="Layer">Of the basemap.</param>
/// <param name="Kind">river, lake; park, hill, built, square; station…</param>
/// <param name="Name">Made up, where it has one.</param>
/// <param name="NameEn">Made up.</param>
/// <param name="Shape">A polygon, or a point for a place.</param>
/// <param name="MinZoom">Not drawn further out.</param>
/// <param name="MaxZoom">Not drawn further in.</param>
public sealed record DemoFeature(int Order, string Layer, string Kind, string? Name, string? NameEn, Geometry Shape, int MinZoom, int MaxZoom = 15);

/// <summary>Lays out river, lakes, parks, houses and hills over the ground.</summary>
internal sealed class DemoScenery(DemoPlan plan, DemoGround ground, IReadOnlyList<DemoLot> lots, Dictionary<string, List<DemoFace>> leaves)
{
    public const string Park = "park";
    private const double RiverMiddle = 470;
    private const double LargePlace = 90_000;

    // From here on up there are villages and no city blocks.
    private const double Sparse = 0.7;

    private readonly Random _random = new(plan.Seed + 4);
    private readonly List<DemoFeature> _features = [];

    public static bool HasLake(DemoLot lot) => lot.Use == Park && lot.Landmark!.Name is "迎泽公园" or "双塔公园";

    public IReadOnlyList<DemoFeature> Generate()
    {
        AddRiver();
        AddHills();
        AddBuiltFromAfar();
        foreach (var lot in lots.Where(lot => lot.Face is not null))
        {
            AddLot(lot);
        }

        return _features;
    }

    private void AddRiver()
    {
        double Bank(double north, int side) => RiverMiddle + (side * (150 + (22 * Math.Sin(north / 610)) + (9 * Math.Sin(north / 233))));
        var norths = Enumerable.Range(0, 137).Select(n => 300.0 + (n * 102)).ToList();
        Add("water", "river", "汾河", "Fen River", [.. norths.Select(north => new Coordinate(Bank(north, 1), north)), .. norths.AsEnumerable().Reverse().Select(north => new Coordinate(Bank(north, -1), north))], 8);
        Add("land", Park, "汾河公园", "Fen River Park", [.. norths.Where(north => north is > 3_000 and < 11_500).Select(north => new Coordinate(718, north)), .. norths.AsEnumerable().Reverse().Where(north => north is > 3_000 and < 11_500).Select(north => new Coordinate(Bank(north, 1) + 6, north))], 11);
    }

    // Ridges that run about north-east, each a few nested rings, like contour lines.
    private void AddHills()
    {
        for (var n = 0; n < 46; n++)
        {
            var middle = new Coordinate(9_250 + (_random.NextDouble() * 5_200), 2_300 + (_random.NextDouble() * 9_900));
            var (length, width) = (500 + (_random.NextDouble() * 900), 240 + (_random.NextDouble() * 330));
            var angle = 0.6 + (_random.NextDouble() * 0.9);
            var wobble = Enumerable.Range(2, 4).Select(turns => (Turns: turns, Phase: _random.NextDouble() * 7, Height: 0.22 / turns)).ToList();
            foreach (var scale in new[] { 1.0, 0.66, 0.36 })
            {
                var ring = Enumerable.Range(0, 36).Select(step =>
                {
                    var around = step * Math.PI / 18;
                    var radius = scale * (1 + wobble.Sum(wave => wave.Height * Math.Sin((wave.Turns * around) + wave.Phase)));
                    var (x, y) = (length * radius * Math.Cos(around), width * radius * Math.Sin(around));
                    return new Coordinate(middle.X + (x * Math.Cos(angle)) - (y * Math.Sin(angle)), middle.Y + (x * Math.Sin(angle)) + (y * Math.Cos(angle)));
                });
                Add("land", "hill", null, null, [.. ring], scale == 1 ? 8 : 11);
            }

            if (n < plan.Hills.Count)
            {
                _features.Add(new DemoFeature(_features.Count, "places", "hill", plan.Hills[n][0], plan.Hills[n][1], Point(middle), 12));
            }
        }
    }

    // One tint for a whole community as long as single blocks cannot be told apart.
    private void AddBuiltFromAfar()
    {
        foreach (var community in lots.Where(lot => lot.Kind == AreaKind.Community))
        {
            var faces = leaves[community.Code];
            if (faces.Average(face => DemoWarp.Hilliness(ground.Mesh.MiddleOf(face).X)) < Sparse * 0.75)
            {
                _features.Add(new DemoFeature(_features.Count, "land", "built", null, null, ground.OutlineOf(faces), 8, 12));
            }
        }
    }

    private void AddLot(DemoLot lot)
    {
        var face = lot.Face!;
        var middle = ground.Mesh.MiddleOf(face);
        var hilly = DemoWarp.Hilliness(middle.X);
        if (lot.Use is Park or "square" or "station")
        {
            var kind = lot.Use == Park ? Park : "square";
            var shape = hilly < Sparse ? Inset(face, 7) : Blob(face, middle, kind == Park ? 1.15 : 0.4);
            Add("land", kind, lot.Landmark!.Name, lot.Landmark.NameEn, shape, kind == Park ? 11 : 13);
            var zoom = ground.Mesh.AreaOf(face) > LargePlace || lot.Use == "station" ? 12 : 14;
            _features.Add(new DemoFeature(_features.Count, "places", lot.Use, lot.Landmark.Name, lot.Landmark.NameEn, Point(middle), zoom));
            if (HasLake(lot))
            {
                Add("water", "lake", "湖", "Lake", Blob(face, middle, 0.8), 11);
            }
        }
        else if (hilly < Sparse)
        {
            // The city thins out towards the hills.
            if (_random.NextDouble() > hilly * 0.9)
            {
                Add("land", "built", null, null, Inset(face, 11), 13);
            }
        }
        else if (_random.NextDouble() < 0.3 - (0.22 * hilly))
        {
            Add("land", "built", null, null, Blob(face, middle, 0.75), 12);
        }
    }

    private Coordinate[] Blob(DemoFace face, Coordinate middle, double size)
    {
        var reach = ground.RingOf(face).Min(node => ground.Flat[node].Distance(middle)) * size;
        var turn = _random.NextDouble() * 7;
        return [.. Enumerable.Range(0, 28).Select(step =>
        {
            var around = step * Math.PI / 14;
            var radius = reach * (0.72 + (0.16 * Math.Sin((2 * around) + turn)) + (0.1 * Math.Sin((3 * around) + (2 * turn))));
            return new Coordinate(middle.X + (radius * Math.Cos(around)), middle.Y + (radius * Math.Sin(around)));
        })];
    }

    // Drawn together towards the middle by the width of half a street: the face is convex, so it stays inside itself.
    private Coordinate[] Inset(DemoFace face, double by)
    {
        var middle = ground.Mesh.MiddleOf(face);
        var box = ground.Mesh.BoxOf(face);
        var scale = Math.Max(0.4, 1 - (2 * by / Math.Min(box.Width, box.Height)));
        return [.. ground.RingOf(face).Select(node => ground.Flat[node]).Select(at => new Coordinate(middle.X + ((at.X - middle.X) * scale), middle.Y + ((at.Y - middle.Y) * scale)))];
    }

    private void Add(string layer, string kind, string? name, string? nameEn, Coordinate[] flat, int minZoom) =>
        _features.Add(new DemoFeature(_features.Count, layer, kind, name, nameEn, ground.Polygon(flat), minZoom));

    private Point Point(Coordinate flat) => Geo.Wgs84.Factory.CreatePoint(ground.Warp.ToDegrees(flat));
}

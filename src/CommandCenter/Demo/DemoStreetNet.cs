using CommandCenter.Streets;
using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>
/// Streets along all borders, as real grids are bounded by streets, lanes into the blocks, and a few bridges to the river's other bank: the
/// simulator walks there.
/// </summary>
internal sealed class DemoStreetNet
{
    private const double WestBank = 185;

    private static readonly (double North, string Name, string NameEn)[] Bridges =
        [(10_850, "北环桥", "Beihuan Bridge"), (DemoStreetBook.Middle, "迎泽桥", "Yingze Bridge"), (5_640, "内环桥", "Neihuan Bridge")];

    private readonly DemoGround _ground;
    private readonly DemoStreetBook _book;
    private readonly List<DemoEdge> _edges = [];
    private readonly HashSet<int> _walked;

    public DemoStreetNet(DemoPlan plan, DemoGround ground, DemoStreetBook book, IReadOnlyList<DemoLot> lots)
    {
        (_ground, _book) = (ground, book);
        var random = new Random(plan.Seed + 3);
        foreach (var ((a, b), street) in ground.Mesh.Edges)
        {
            Add(ground.NodesOf(a, b), street);
        }

        _walked = [.. _edges.Where(edge => book.Streets[edge.Street].Class != StreetClass.Trunk).SelectMany(edge => new[] { edge.A, edge.B })];
        foreach (var lot in lots.Where(lot => lot.Face is not null))
        {
            AddLanes(lot, random);
        }

        AddWestBank();
        Streets = new DemoStreets([.. ground.Flat.Select(ground.Warp.ToDegrees)], _edges, [.. book.Streets]);
    }

    public DemoStreets Streets { get; }

    /// <summary>A node at the face's border where somebody can walk.</summary>
    public Coordinate SomeNode(DemoFace face, Random random)
    {
        var ring = _ground.RingOf(face);
        var start = random.Next(ring.Length);
        for (var n = 0; n < ring.Length; n++)
        {
            var node = ring[(start + n) % ring.Length];
            if (_walked.Contains(node))
            {
                return Streets.Nodes[node];
            }
        }

        throw new InvalidOperationException("A face has trunk roads alone.");
    }

    private void Add(IEnumerable<int> nodes, int street)
    {
        int? last = null;
        foreach (var node in nodes)
        {
            if (last is { } from)
            {
                _edges.Add(new DemoEdge(from, node, street));
            }

            last = node;
        }
    }

    // Through the middle of about every second city block, and across the parks.
    private void AddLanes(DemoLot lot, Random random)
    {
        var mesh = _ground.Mesh;
        var face = lot.Face!;
        var middle = mesh.MiddleOf(face);
        if (DemoWarp.Hilliness(middle.X) > 0.5 || mesh.AreaOf(face) < 9_000 || DemoScenery.HasLake(lot) || (lot.Use is null && random.NextDouble() < 0.45))
        {
            return;
        }

        var gates = face.Ring.Select((corner, n) => (From: corner, To: face.Ring[(n + 1) % face.Ring.Count]))
            .Where(side => mesh.Points[side.From].Distance(mesh.Points[side.To]) > 60)
            .SelectMany(side => _ground.NodesOf(side.From, side.To).SkipLast(1))
            .Where(_walked.Contains)
            .ToArray();
        if (gates.Length < 2)
        {
            return;
        }

        var heart = _ground.Flat.Count;
        _ground.Flat.Add(middle);
        var street = _book.Add(StreetClass.Path, null, null);
        random.Shuffle(gates);
        var first = gates[0];
        var opposite = gates.MaxBy(gate => _ground.Flat[gate].Distance(_ground.Flat[first]));
        Add([first, heart, opposite], street);
        if (lot.Use == DemoScenery.Park && gates.Length > 3)
        {
            foreach (var gate in gates.Where(gate => gate != first && gate != opposite).Take(2))
            {
                Add([heart, gate], street);
            }
        }
    }

    private void AddWestBank()
    {
        var road = new List<int>();
        var bank = _book.Add(StreetClass.Primary, "滨河西路", "Binhe West Road");
        for (var north = 700.0; north <= 13_700; north += 260)
        {
            road.Add(_ground.Flat.Count);
            _ground.Flat.Add(new Coordinate(WestBank, north));
        }

        Add(road, bank);
        var east = Enumerable.Range(0, _ground.Mesh.Points.Count).Where(node => Math.Abs(_ground.Mesh.Points[node].X - DemoStreetBook.River) < 1).ToList();
        foreach (var (north, name, nameEn) in Bridges)
        {
            var from = east.MinBy(node => Math.Abs(_ground.Flat[node].Y - north));
            var to = road.MinBy(node => Math.Abs(_ground.Flat[node].Y - _ground.Flat[from].Y));
            Add([from, to], _book.Add(StreetClass.Primary, name, nameEn));
        }
    }
}

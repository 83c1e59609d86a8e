using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>
/// Streets along the borders of all areas, as real grids are bounded by streets: the simulator walks there.
/// </summary>
internal sealed class DemoStreetNet
{
    private readonly Dictionary<(int I, int J), int> _nodes = [];

    public DemoStreetNet(DemoLattice lattice, IReadOnlyList<DemoArea> areas)
    {
        var edges = new HashSet<(int A, int B)>();
        var nodes = new List<Coordinate>();
        foreach (var area in areas)
        {
            int? last = null;
            foreach (var at in DemoLattice.Border(area.Block))
            {
                if (!_nodes.TryGetValue(at, out var node))
                {
                    _nodes[at] = node = nodes.Count;
                    nodes.Add(lattice[at.I, at.J]);
                }

                if (last is { } from)
                {
                    edges.Add(from < node ? (from, node) : (node, from));
                }

                last = node;
            }
        }

        Streets = new DemoStreets(nodes, [.. edges.Order()]);
    }

    public DemoStreets Streets { get; }

    /// <summary>A node within the block, off its border where there is one.</summary>
    public Coordinate SomeNode(Block block, Random random)
    {
        var inside = Nodes(block, margin: 1);
        var choice = inside.Count > 0 ? inside : Nodes(block, margin: 0);
        return Streets.Nodes[choice[random.Next(choice.Count)]];
    }

    private List<int> Nodes(Block block, int margin)
    {
        var found = new List<int>();
        for (var i = block.West + margin; i <= block.East - margin; i++)
        {
            for (var j = block.South + margin; j <= block.North - margin; j++)
            {
                if (_nodes.TryGetValue((i, j), out var node))
                {
                    found.Add(node);
                }
            }
        }

        return found;
    }
}

using NetTopologySuite.Geometries;

namespace CommandCenter.Demo;

/// <summary>A street as one line, as far as it runs on without a fork.</summary>
internal sealed record DemoRoad(int Order, IReadOnlyList<Coordinate> Line, DemoStreet Street, Envelope Box);

/// <summary>Strings the short edges of each street together, so that a name can run along it.</summary>
internal static class DemoRoads
{
    public static List<DemoRoad> LinesOf(DemoStreets streets)
    {
        var roads = new List<DemoRoad>();
        foreach (var street in streets.Edges.GroupBy(edge => edge.Street))
        {
            var next = street.SelectMany(edge => new[] { (From: edge.A, To: edge.B), (From: edge.B, To: edge.A) }).ToLookup(step => step.From, step => step.To);
            var left = street.SelectMany(edge => new[] { (edge.A, edge.B), (edge.B, edge.A) }).ToHashSet();

            // Ends and forks first; what is left then are rings.
            foreach (var from in next.Select(steps => steps.Key).OrderBy(node => next[node].Count() == 2))
            {
                foreach (var second in next[from].Where(second => left.Contains((from, second))))
                {
                    var line = new List<int> { from };
                    for (int at = from, to = second; ;)
                    {
                        left.Remove((at, to));
                        left.Remove((to, at));
                        line.Add(to);
                        var on = next[to].Where(node => left.Contains((to, node))).ToList();
                        if (next[to].Count() != 2 || on.Count != 1)
                        {
                            break;
                        }

                        (at, to) = (to, on[0]);
                    }

                    var points = line.Select(node => streets.Nodes[node]).ToList();
                    var box = new Envelope();
                    points.ForEach(box.ExpandToInclude);
                    roads.Add(new DemoRoad(roads.Count, points, streets.Streets[street.Key], box));
                }
            }
        }

        return roads;
    }
}

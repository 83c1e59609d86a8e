using System.Text.Json;
using CommandCenter.Contracts.Workers;
using CommandCenter.Phones;
using CommandCenter.Simulator;

namespace CommandCenter.Tests.Tools;

/// <summary>A small town for the tests: a grid of streets about 90 m apart, with gaps and dead ends.</summary>
internal static class Streets
{
    public const int Side = 20;
    private const double West = 112.55;
    private const double South = 37.85;
    private const double StepLongitude = 0.001;
    private const double StepLatitude = 0.0008;

    public static readonly Bounds Around = new(West, South, West + (Side * StepLongitude), South + (Side * StepLatitude));

    public static List<double[]> Nodes { get; } =
        [.. Enumerable.Range(0, Side * Side).Select(i => new[] { West + (i % Side * StepLongitude), South + (i / Side * StepLatitude) })];

    public static List<int[]> Edges { get; } = MakeEdges();

    public static StreetGraph Town() => StreetGraph.Build(Nodes, Edges, out var fault) ?? throw new InvalidOperationException(fault);

    /// <summary>A river through the town from south to north, between the tenth and the eleventh street, with an island; all streets across are bridges.</summary>
    public static JsonElement River { get; } = JsonDocument.Parse(FormattableString.Invariant($$"""
        {"type":"Polygon","coordinates":[
          [[{{West + (9.2 * StepLongitude)}},37.8],[{{West + (9.8 * StepLongitude)}},37.8],[{{West + (9.9 * StepLongitude)}},37.9],[{{West + (9.1 * StepLongitude)}},37.9],[{{West + (9.2 * StepLongitude)}},37.8]],
          [[112.5594,37.853],[112.5596,37.853],[112.5596,37.854],[112.5594,37.854],[112.5594,37.853]]]}
        """)).RootElement;

    /// <summary>The same town with the river, and its sixth street from the south a ring road.</summary>
    public static StreetGraph RiverTown(out WaterBodies water)
    {
        water = WaterBodies.Read([River], out var fault) ?? throw new InvalidOperationException(fault);
        return StreetGraph.Build(Nodes, ClassedEdges, out fault, water) ?? throw new InvalidOperationException(fault);
    }

    public static List<int[]> ClassedEdges { get; } =
        [.. Edges.Select(e => new[] { e[0], e[1], (int)(e[0] / Side == 5 && e[1] / Side == 5 ? StreetClass.Trunk : (StreetClass)(e[0] % 4)) })];

    public static PlannedWorker Worker(int i, WorkerRole role = WorkerRole.GridWorker) => new(
        $"G{i:0000}", role, new DeviceCredentials { OsmandId = $"os-{i}", User = $"u{i}", Password = $"p{i}" },
        West + (i * 7 % Side * StepLongitude), South + (i * 3 % Side * StepLatitude), Around);

    private static List<int[]> MakeEdges()
    {
        var edges = new List<int[]>();
        for (var i = 0; i < Side * Side; i++)
        {
            if (i % Side < Side - 1 && i % 11 != 0)
            {
                edges.Add([i, i + 1]);
            }

            if (i / Side < Side - 1 && i % 7 != 0)
            {
                edges.Add([i, i + Side]);
            }
        }

        return edges;
    }
}

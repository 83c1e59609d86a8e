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

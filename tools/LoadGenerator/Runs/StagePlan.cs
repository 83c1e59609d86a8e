using System.Net;
using CommandCenter.LoadGenerator.Http;
using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>One stretch to measure: what is sent where, and how many walls watch meanwhile.</summary>
internal sealed record StagePlan
{
    public required string Name { get; init; }

    public required IPEndPoint Server { get; init; }

    public required IRequests Requests { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required int Connections { get; init; }

    public required UsageMeter Meter { get; init; }

    public int Walls { get; init; }

    public bool Whole { get; init; }

    public double Seconds { get; init; }

    public double WarmupSeconds { get; init; }

    /// <summary>The first wall does not read while the stage is measured; the figures are the others'.</summary>
    public bool FirstWallStalls { get; init; }

    /// <summary>The line as the scenario has it, against the server.</summary>
    public static StagePlan Of(Rig rig, Scenario scenario, string? name = null, int? walls = null) => new()
    {
        Name = name ?? scenario.Name,
        Server = rig.EndPoint,
        Requests = scenario.Batch == 1
            ? new OsmandRequests(rig.Workers, scenario.Workers, rig.Host, rig.Ledger, rig.Turns)
            : new BatchRequests(rig.Workers, rig.Gateway, rig.Host, scenario.Batch, rig.Ledger, rig.Turns),
        RequestsPerSecond = scenario.FixesPerSecond == 0 ? Pacer.FlatOut : scenario.FixesPerSecond / scenario.Batch,
        Connections = scenario.Connections,
        Meter = rig.Meter,
        Walls = walls ?? scenario.Walls,
        Whole = scenario.Whole,
        Seconds = scenario.Seconds,
        WarmupSeconds = scenario.WarmupSeconds,
    };
}

using System.Globalization;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>How much load: the sizes of the design's table, each of which the command line may change.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Workers">Enrolled, each with a phone.</param>
/// <param name="FixesPerSecond">0: as fast as the answers come.</param>
/// <param name="Walls">Hub connections that watch.</param>
/// <param name="Seconds">Measured, after the warm-up.</param>
/// <param name="Connections">That carry the fixes.</param>
/// <param name="Batch">Fixes a request; 1: each phone for itself over the OsmAnd protocol, more: through a gateway.</param>
internal sealed record Scenario(string Name, int Workers, double FixesPerSecond, int Walls, double Seconds, int Connections, int Batch)
{
    /// <summary>Not measured: code is compiled and buffers grow.</summary>
    public double WarmupSeconds { get; init; } = 5;

    /// <summary>Walls watch the whole account's area even where that is more than frames carry; otherwise areas of 10,000 in turn.</summary>
    public bool Whole { get; init; }

    public double StallSeconds { get; init; } = 60;

    /// <summary>Who replay the last hour meanwhile.</summary>
    public int Dispatchers { get; init; } = 10;

    public static readonly Scenario District = new("district", 3_605, 721, 20, 30, 64, 1);
    public static readonly Scenario Reserve = new("reserve", 10_852, 2_170, 200, 30, 64, 1);
    public static readonly Scenario City = new("city", 100_000, 20_000, 500, 30, 128, 1);
    public static readonly Scenario Country = new("country", 4_500_000, 450_000, 20, 30, 4, 2_500);
    public static readonly Scenario Ingest = new("ingest", 10_852, 0, 0, 8, 256, 1);
    public static readonly Scenario BatchFlatOut = new("batch", 1_000_000, 0, 0, 10, 4, 2_500);
    public static readonly Scenario Fanout = new("fanout", 100_000, 20_000, 200, 15, 4, 1_000);
    public static readonly Scenario StalledWall = new("stalled-wall", 10_852, 2_170, 200, 60, 64, 1);
    public static readonly Scenario Replay = new("replay", 10_852, 2_170, 200, 40, 64, 1);
    public static readonly Scenario Jobs = new("jobs", 10_852, 2_170, 200, 30, 64, 1);
    public static readonly Scenario Scale = new("scale", 10_000, 10_000, 0, 20, 64, 1);

    /// <summary>What is out of bounds, for people; null when nothing is.</summary>
    public string? Fault() =>
        Between("--workers", Workers, 1, 8_000_000)
        ?? Between("--fixes-per-second", FixesPerSecond, 0, 5_000_000)
        ?? Between("--walls", Walls, 0, 1_900)
        ?? Between("--seconds", Seconds, 1, 3_600)
        ?? Between("--warmup", WarmupSeconds, 0, 600)
        ?? Between("--stall-seconds", StallSeconds, 1, 600)
        ?? Between("--dispatchers", Dispatchers, 1, 100)
        ?? Between("--connections", Connections, 1, 4_000)
        ?? Between("--batch", Batch, 1, 5_000)
        ?? (Batch > Workers ? "--batch: more than there are workers" : null)
        ?? (FixesPerSecond / Workers > 100 ? "--fixes-per-second: more than 100 a worker, whom the server would slow down" : null);

    private static string? Between(string name, double value, double low, double high) =>
        value >= low && value <= high ? null : string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number from {low} to {high}");
}

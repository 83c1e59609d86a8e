using System.Text.Json;
using System.Text.Json.Serialization;

namespace CommandCenter.LoadGenerator.Runs;

/// <summary>One figure that the goals name, made from stages.</summary>
internal sealed record Finding(string What, double Value, string Unit, string Goal);

/// <summary>What the run came to: the file written by <c>--json</c>.</summary>
internal sealed record RunReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required Scenario Scenario { get; init; }

    public required DateTimeOffset At { get; init; }

    public int Cores { get; init; } = Environment.ProcessorCount;

    public required IReadOnlyList<StageResult> Stages { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required Reconciliation Reconciliation { get; init; }

    public IReadOnlyList<string> Mismatches => Reconciliation.Mismatches();

    public Task WriteAsync(string path, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Json) + "\n", cancellationToken);
}

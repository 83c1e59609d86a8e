namespace CommandCenter.Jobs;

/// <summary>A run as it stands in the database. Moments are UTC.</summary>
internal sealed class JobRun
{
    public long Id { get; init; }

    public string Job { get; init; } = "";

    public DateOnly WindowFrom { get; init; }

    public DateOnly WindowTo { get; init; }

    public DateTime? DueAt { get; init; }

    public string? AskedBy { get; init; }

    public DateTime AskedAt { get; init; }

    public long? RetryOf { get; init; }

    public JobRunState State { get; init; }

    public int Attempts { get; init; }

    public long Done { get; init; }

    public long Total { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public string? Node { get; init; }

    public string? Error { get; init; }

    public string? Result { get; init; }

    public string? Counts { get; init; }
}

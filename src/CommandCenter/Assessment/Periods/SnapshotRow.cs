namespace CommandCenter.Assessment.Periods;

/// <summary>A version of a period as it is stored.</summary>
internal sealed class SnapshotRow
{
    public const string Columns = """
        n.id as Id, n.period as Kind, n.starts as Starts, n.ends as Ends, n.version as Version, n.policy_version as PolicyVersion, n.closed_at as ClosedAt, n.made_at as MadeAt, n.reason as Reason,
        n.difference::text as Difference, n.hash as Hash, n.signature as Signature, n.signer as Signer,
        not exists (select 1 from assessment_snapshots l where l.period = n.period and l.starts = n.starts and l.version > n.version) as Latest
        """;

    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public DateOnly Starts { get; init; }

    public DateOnly Ends { get; init; }

    public int Version { get; init; }

    public int PolicyVersion { get; init; }

    /// <summary>Null: open.</summary>
    public DateTime? ClosedAt { get; init; }

    public DateTime MadeAt { get; init; }

    public string Reason { get; init; } = "";

    public string? Difference { get; init; }

    public byte[]? Hash { get; init; }

    public byte[]? Signature { get; init; }

    public byte[]? Signer { get; init; }

    public bool Latest { get; init; }

    public Period Period => new(PeriodRules.Words[Kind], Starts, Ends);
}

/// <summary>Why there is a version; stored, so never change one.</summary>
internal static class SnapshotReasons
{
    public const string Provisional = "provisional";
    public const string Closed = "closed";
    public const string LateData = "late-data";
    public const string Exclusion = "exclusion";
    public const string Appeal = "appeal";
}

/// <summary>What a version says otherwise than the one before.</summary>
/// <param name="Version">The one before.</param>
/// <param name="Changed">Scores that say something else.</param>
/// <param name="Added">Subjects that were not in it.</param>
/// <param name="Removed">Subjects that are not in it any more.</param>
/// <param name="Largest">The largest change of a total, in points; null: no total changed.</param>
internal sealed record SnapshotDifference(int Version, int Changed, int Added, int Removed, double? Largest)
{
    public bool IsNone => Changed == 0 && Added == 0 && Removed == 0;
}

using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Appeals;

/// <summary>An appeal with the score that it is against.</summary>
internal sealed class AppealRow
{
    public const string Open = "open";
    public const string Upheld = "upheld";
    public const string Rejected = "rejected";

    public const string Columns = """
        p.id as Id, p.score_id as ScoreId, p.indicator as Indicator, p.words as Words, p.account_id as AccountId, p.made_by as MadeBy, p.made_at as MadeAt, p.state as State,
        p.decided_by as DecidedBy, p.decided_at as DecidedAt, p.decision as Decision, p.exclusion_id as ExclusionId, p.snapshot_id as SnapshotId,
        s.subject_kind as KindNumber, s.subject as Subject, s.area_id as AreaId, s.worker_id as WorkerId, n.period as Period, n.starts as Starts, n.ends as Ends, n.version as Version
        """;

    public const string Tables = "assessment_appeals p join assessment_scores s on s.id = p.score_id join assessment_snapshots n on n.id = s.snapshot_id";

    public static readonly IReadOnlyDictionary<string, int> States = new Dictionary<string, int> { [Open] = 0, [Upheld] = 1, [Rejected] = 2 };

    public Guid Id { get; init; }

    public long ScoreId { get; init; }

    public string? Indicator { get; init; }

    public string Words { get; init; } = "";

    /// <summary>Null: the worker, by a phone.</summary>
    public int? AccountId { get; init; }

    public string MadeBy { get; init; } = "";

    public DateTime MadeAt { get; init; }

    public string State { get; init; } = "";

    public string? DecidedBy { get; init; }

    public DateTime? DecidedAt { get; init; }

    public string? Decision { get; init; }

    public int? ExclusionId { get; init; }

    public Guid? SnapshotId { get; init; }

    public short KindNumber { get; init; }

    public string? Subject { get; init; }

    public int AreaId { get; init; }

    public int? WorkerId { get; init; }

    public string Period { get; init; } = "";

    public DateOnly Starts { get; init; }

    public DateOnly Ends { get; init; }

    public int Version { get; init; }

    public SubjectKind Kind => (SubjectKind)KindNumber;

    public bool IsOfPerson => Kind == SubjectKind.Worker;
}

/// <summary>Why an appeal or its decision was refused.</summary>
internal enum AppealRefusal
{
    PeriodOpen,
    NewerVersion,
    AppealOpen,
    Erased,
    Decided,
    OwnAppeal,
}

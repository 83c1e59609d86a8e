using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Scores;

/// <summary>A score as it is stored, without its evidence.</summary>
internal sealed class ScoreRow
{
    public const string Columns = """
        s.id as Id, s.snapshot_id as SnapshotId, s.subject_kind as KindNumber, s.subject as Subject, s.area_id as AreaId, s.worker_id as WorkerId, s.total as Total, s.band as Band,
        s.covered_weight as CoveredWeight, s.erased_at as ErasedAt
        """;

    public long Id { get; init; }

    public Guid SnapshotId { get; init; }

    public short KindNumber { get; init; }

    public string? Subject { get; init; }

    public int AreaId { get; init; }

    public int? WorkerId { get; init; }

    public double? Total { get; init; }

    public string? Band { get; init; }

    public double CoveredWeight { get; init; }

    public DateTime? ErasedAt { get; init; }

    /// <summary>Where it was asked for.</summary>
    public string? Body { get; init; }

    public double? Before { get; init; }

    public double? Earlier { get; init; }

    public int? Rank { get; init; }

    public SubjectKind Kind => (SubjectKind)KindNumber;

    public bool IsOfPerson => Kind == SubjectKind.Worker;
}

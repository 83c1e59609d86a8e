using CommandCenter.Assessment.Periods;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Scores;

/// <summary>Reads what a subject was in earlier periods.</summary>
internal sealed class PastStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 30;

    private const string BeforeSql = """
        select s.id as Id, s.area_id as AreaId, n.starts as Starts, n.ends as Ends, n.version as Version, s.total as Total, s.band as Band, s.covered_weight as CoveredWeight,
            n.policy_version as PolicyVersion
        from (select id, starts, ends, version, policy_version from assessment_snapshots m
            where m.period = @period and m.starts < @starts
                and not exists (select 1 from assessment_snapshots l where l.period = m.period and l.starts = m.starts and l.version > m.version)
            order by m.starts desc limit @most) n
        join assessment_scores s on s.snapshot_id = n.id and s.subject_kind = @kind and s.erased_at is null and coalesce(s.worker_id, -s.area_id) = @key
        order by n.starts desc
        """;

    /// <summary>In the newest versions of at most so many periods before, newest first.</summary>
    public async Task<IReadOnlyList<PastRow>> BeforeAsync(Period period, ScoreRow subject, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var arguments = new { period = period.Kind.Word(), starts = period.Starts, kind = subject.KindNumber, key = subject.WorkerId ?? -subject.AreaId, most };
        return (await connection.QueryAsync<PastRow>(new CommandDefinition(BeforeSql, arguments, commandTimeout: StatementSeconds, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>A subject's score in an earlier period, as it is stored.</summary>
internal sealed class PastRow
{
    public long Id { get; init; }

    /// <summary>Of the home then, or the area itself.</summary>
    public int AreaId { get; init; }

    public DateOnly Starts { get; init; }

    public DateOnly Ends { get; init; }

    public int Version { get; init; }

    public double? Total { get; init; }

    public string? Band { get; init; }

    public double CoveredWeight { get; init; }

    public int PolicyVersion { get; init; }
}

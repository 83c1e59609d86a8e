using CommandCenter.Assessment.Scoring;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Boards;

/// <summary>Totals of closed periods.</summary>
internal sealed class BoardStore(NpgsqlDataSource dataSource)
{
    private const string Newest = "not exists (select 1 from assessment_snapshots l where l.period = n.period and l.starts = n.starts and l.version > n.version)";

    private const string SnapshotsSql = $"""
        select n.id as Id, n.starts as Starts, n.ends as Ends from assessment_snapshots n
        where n.period = @period and n.closed_at is not null and {Newest} and n.starts >= @from and n.starts < @to order by n.starts
        """;

    private const string LastSql = "select max(starts) from assessment_snapshots where period = @period and closed_at is not null";

    private const string TotalsSql = """
        select s.id as Id, s.subject as Subject, s.area_id as AreaId, s.worker_id as WorkerId, s.total as Total, s.band as Band
        from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id
        where s.snapshot_id = any(@snapshots) and s.subject_kind = @kind and s.area_id = any(@areas) and s.total is not null and s.erased_at is null order by n.starts, s.subject
        """;

    /// <summary>The first day of the newest closed one.</summary>
    public async Task<DateOnly?> LastAsync(string period, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<DateOnly?>(new CommandDefinition(LastSql, new { period }, cancellationToken: cancellationToken));
    }

    /// <summary>Newest versions of closed periods that begin in a span.</summary>
    public async Task<IReadOnlyList<(Guid Id, DateOnly Starts, DateOnly Ends)>> SnapshotsAsync(string period, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid, DateOnly, DateOnly)>(new CommandDefinition(SnapshotsSql, new { period, from, to }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>By period, then subject.</summary>
    public async Task<IReadOnlyList<BoardTotal>> TotalsAsync(Guid[] snapshots, SubjectKind kind, int[] areas, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<BoardTotal>(new CommandDefinition(TotalsSql, new { snapshots, kind = (short)kind, areas }, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>A total of a subject.</summary>
internal sealed class BoardTotal
{
    public long Id { get; init; }

    public string Subject { get; init; } = "";

    public int AreaId { get; init; }

    public int? WorkerId { get; init; }

    public double Total { get; init; }

    public string? Band { get; init; }

    public int Key => WorkerId ?? -AreaId;
}

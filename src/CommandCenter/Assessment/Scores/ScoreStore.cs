using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scoring;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Scores;

/// <summary>Reads versions of periods and their scores.</summary>
internal sealed class ScoreStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 30;

    private const string PeriodsSql = $"""
        select {SnapshotRow.Columns} from assessment_snapshots n where @kind::text is null or n.period = @kind order by n.starts desc, n.period, n.version desc limit @most
        """;

    private const string FindSnapshotSql = $"""
        select {SnapshotRow.Columns} from assessment_snapshots n
        where n.period = @kind and n.starts = coalesce(@starts::date, (select max(m.starts) from assessment_snapshots m where m.period = @kind)) and (@version::int is null or n.version = @version)
        order by n.version desc limit 1
        """;

    private const string SnapshotSql = $"select {SnapshotRow.Columns} from assessment_snapshots n where n.id = @id";

    private const string PageSql = $$"""
        select p.*, b.total as Before, e.total as Earlier from (
            select {{ScoreRow.Columns}}, coalesce(s.worker_id, -s.area_id) as key, case when s.total is not null then (rank() over (order by s.total desc nulls last))::int end as Rank,
                row_number() over ({0}) as n
            from assessment_scores s where s.snapshot_id = @snapshot and s.subject_kind = @kind and s.area_id = any(@areas)
            order by n offset @offset limit @limit) p
        left join assessment_scores b on b.snapshot_id = @before and b.subject_kind = @kind and b.erased_at is null and coalesce(b.worker_id, -b.area_id) = p.key
        left join assessment_scores e on e.snapshot_id = @earlier and e.subject_kind = @kind and e.erased_at is null and coalesce(e.worker_id, -e.area_id) = p.key
        order by p.n
        """;

    private const string TotalsSql = "select total, band from assessment_scores where snapshot_id = @snapshot and subject_kind = @kind and area_id = any(@areas)";

    private const string FindSql = $"select {ScoreRow.Columns}, s.body as Body from assessment_scores s where s.id = @id";

    private const string EvidenceSql = "select evidence from assessment_scores where id = @id";

    private const string OfPeriodSql = $"""
        select {ScoreRow.Columns}, s.body as Body from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id
        where n.period = @period and n.starts = @starts and s.subject_kind = @kind and coalesce(s.worker_id, -s.area_id) = @key and s.erased_at is null order by n.version desc
        """;

    private const string InSnapshotsSql = $"""
        select {ScoreRow.Columns}, s.body as Body from assessment_scores s where s.snapshot_id = any(@snapshots) and s.subject_kind = any(@kinds) and s.area_id = any(@areas)
        order by s.subject_kind, s.subject limit @most
        """;

    private const string NewestOfWorkerSql = $"""
        select distinct on (n.period) {ScoreRow.Columns}, s.body as Body from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id
        where s.worker_id = @worker and n.closed_at is not null order by n.period, n.starts desc, n.version desc
        """;

    private static readonly IReadOnlyDictionary<string, string> Orders = new Dictionary<string, string>
    {
        ["-total"] = " order by Total desc nulls last, Subject, Id",
        ["total"] = " order by Total nulls last, Subject, Id",
        ["subject"] = " order by Subject, Id",
    };

    public static readonly IReadOnlyDictionary<string, int> Sorts = Orders.Keys.Select((word, n) => (word, n)).ToDictionary(one => one.word, one => one.n);

    public async Task<IReadOnlyList<SnapshotRow>> PeriodsAsync(PeriodKind? kind, int most, CancellationToken cancellationToken) =>
        await QueryAsync<SnapshotRow>(PeriodsSql, new { kind = kind?.Word(), most }, cancellationToken);

    /// <summary>The newest period of the kind, or the one that begins on a day; its newest version, or one by number. Null: there is none.</summary>
    public async Task<SnapshotRow?> FindSnapshotAsync(PeriodKind kind, DateOnly? starts, int? version, CancellationToken cancellationToken) =>
        (await QueryAsync<SnapshotRow>(FindSnapshotSql, new { kind = kind.Word(), starts, version }, cancellationToken)).FirstOrDefault();

    public async Task<SnapshotRow?> FindSnapshotAsync(Guid id, CancellationToken cancellationToken) =>
        (await QueryAsync<SnapshotRow>(SnapshotSql, new { id }, cancellationToken)).FirstOrDefault();

    /// <summary>Those of some areas, with what they were in the period before and in the version before.</summary>
    public async Task<IReadOnlyList<ScoreRow>> PageAsync(ScoreQuery query, CancellationToken cancellationToken) =>
        await QueryAsync<ScoreRow>(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, PageSql, Orders[query.Sort]),
            new { query.Snapshot, kind = (short)query.Kind, query.Areas, query.Before, query.Earlier, query.Offset, query.Limit },
            cancellationToken);

    public async Task<IReadOnlyList<(double? Total, string? Band)>> TotalsAsync(ScoreQuery query, CancellationToken cancellationToken) =>
        await QueryAsync<(double?, string?)>(TotalsSql, new { query.Snapshot, kind = (short)query.Kind, query.Areas }, cancellationToken);

    public async Task<ScoreRow?> FindAsync(long id, CancellationToken cancellationToken) => (await QueryAsync<ScoreRow>(FindSql, new { id }, cancellationToken)).FirstOrDefault();

    public async Task<byte[]?> EvidenceAsync(long id, CancellationToken cancellationToken) => (await QueryAsync<byte[]?>(EvidenceSql, new { id }, cancellationToken)).FirstOrDefault();

    /// <summary>A subject in all versions of a period, newest first.</summary>
    public async Task<IReadOnlyList<ScoreRow>> OfPeriodAsync(Period period, ScoreRow subject, CancellationToken cancellationToken) =>
        await QueryAsync<ScoreRow>(
            OfPeriodSql, new { period = period.Kind.Word(), starts = period.Starts, kind = subject.KindNumber, key = subject.WorkerId ?? -subject.AreaId }, cancellationToken);

    /// <summary>Of the newest closed period of each kind.</summary>
    public async Task<IReadOnlyList<ScoreRow>> NewestOfWorkerAsync(int worker, CancellationToken cancellationToken) =>
        await QueryAsync<ScoreRow>(NewestOfWorkerSql, new { worker }, cancellationToken);

    /// <summary>The home of each worker as a version has it.</summary>
    public async Task<IReadOnlyDictionary<int, int>> HomesAsync(Guid snapshot, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await SnapshotStore.HomesAsync(connection, snapshot, cancellationToken);
    }

    /// <summary>With their bodies, of some areas and kinds.</summary>
    public async Task<IReadOnlyList<ScoreRow>> InAsync(Guid[] snapshots, SubjectKind[] kinds, int[] areas, int most, CancellationToken cancellationToken) =>
        await QueryAsync<ScoreRow>(InSnapshotsSql, new { snapshots, kinds = kinds.Select(kind => (short)kind).ToArray(), areas, most }, cancellationToken);

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, arguments, commandTimeout: StatementSeconds, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>Which scores are asked for.</summary>
internal sealed record ScoreQuery(Guid Snapshot, SubjectKind Kind, int[] Areas, string Sort, Guid? Before, Guid? Earlier, int Offset, int Limit);

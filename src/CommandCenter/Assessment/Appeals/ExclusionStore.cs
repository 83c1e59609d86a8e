using CommandCenter.Access;
using CommandCenter.Assessment.Scoring;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Days that are nobody's fault, in PostgreSQL; each act in one transaction with its row on the audit trail.</summary>
internal sealed class ExclusionStore(NpgsqlDataSource dataSource, AuditStore audit, TimeProvider time)
{
    private const string Columns = """
        id as Id, subject_kind as KindNumber, worker_id as WorkerId, area_id as AreaId, kind as Kind, from_day as "From", to_day as "To", note as Note, set_by as SetBy, set_at as SetAt,
        withdrawn_by as WithdrawnBy, withdrawn_at as WithdrawnAt
        """;

    private const string FindSql = $"select {Columns} from assessment_exclusions where id = @id";

    private const string PageSql = $"""
        select {Columns} from assessment_exclusions
        where id < @Before and area_id = any(@Areas) and (@Worker::int is null or worker_id = @Worker) and (@Area::int is null or (worker_id is null and area_id = @Area))
            and (@From::date is null or to_day > @From) and (@To::date is null or from_day < @To)
        order by id desc limit @Limit
        """;

    private const string InsertSql = """
        insert into assessment_exclusions (subject_kind, worker_id, area_id, kind, from_day, to_day, note, set_by, set_at)
        values (@subject, @WorkerId, @AreaId, @Kind, @From, @To, @Note, @by, @now) returning id
        """;

    private const string WithdrawSql = "update assessment_exclusions set withdrawn_by = @by, withdrawn_at = @now where id = @id and withdrawn_at is null";

    public async Task<ExclusionRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<ExclusionRow?>(new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ExclusionRow>> PageAsync(ExclusionQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ExclusionRow>(new CommandDefinition(PageSql, query, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<int> AddAsync(NewExclusionRow row, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = await InsertAsync(connection, transaction, row, viewer.User, time.GetUtcNow(), cancellationToken);
        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.SetExclusion, row.AreaId, row.WorkerId, Detail(row.Kind, row.From, row.To))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Within the caller's transaction.</summary>
    public static Task<int> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewExclusionRow row, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<int>(new CommandDefinition(
            InsertSql, new { subject = (short)row.SubjectKind, row.WorkerId, row.AreaId, row.Kind, row.From, row.To, row.Note, by, now }, transaction, cancellationToken: cancellationToken));

    /// <summary>False: it was withdrawn before.</summary>
    public async Task<bool> WithdrawAsync(ExclusionRow row, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(WithdrawSql, new { id = row.Id, by = viewer.User, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return false;
        }

        await audit.WriteWithinAsync(connection, transaction, viewer, [new AuditAct(AuditActions.WithdrawExclusion, row.AreaId, row.WorkerId, Detail(row.Kind, row.From, row.To))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static string Detail(string kind, DateOnly from, DateOnly to) => $"{kind} {from:O}/{to:O}";
}

/// <summary>Which are asked for; those with ids below <paramref name="Before"/>.</summary>
internal sealed record ExclusionQuery(int Before, int[] Areas, int? Worker, int? Area, DateOnly? From, DateOnly? To, int Limit);

/// <summary>One to set down.</summary>
internal sealed record NewExclusionRow(SubjectKind SubjectKind, int? WorkerId, int AreaId, string Kind, DateOnly From, DateOnly To, string? Note);

/// <summary>One as it is stored.</summary>
internal sealed class ExclusionRow
{
    public int Id { get; init; }

    public short KindNumber { get; init; }

    public int? WorkerId { get; init; }

    public int AreaId { get; init; }

    public string Kind { get; init; } = "";

    public DateOnly From { get; init; }

    public DateOnly To { get; init; }

    public string? Note { get; init; }

    public string SetBy { get; init; } = "";

    public DateTime SetAt { get; init; }

    public string? WithdrawnBy { get; init; }

    public DateTime? WithdrawnAt { get; init; }

    public SubjectKind SubjectKind => (SubjectKind)KindNumber;
}

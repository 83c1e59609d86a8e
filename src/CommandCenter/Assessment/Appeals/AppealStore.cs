using CommandCenter.Access;
using CommandCenter.Assessment.Scores;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Appeals;

/// <summary>Appeals in PostgreSQL; each act of an account in one transaction with its row on the audit trail.</summary>
internal sealed class AppealStore(NpgsqlDataSource dataSource, AuditStore audit, TimeProvider time)
{
    private const string FindSql = $"select {AppealRow.Columns} from {AppealRow.Tables} where p.id = @id";

    private const string LockSql = "select 1 from assessment_appeals where id = @id for update";

    private const string OfScoresSql = $"select {AppealRow.Columns} from {AppealRow.Tables} where p.score_id = any(@scores) order by p.made_at desc, p.id limit 500";

    private const string PageSql = $"""
        select {AppealRow.Columns} from {AppealRow.Tables}
        where s.area_id = any(@areas) and (@state::text is null or p.state = @state) and (@beforeAt::timestamptz is null or (p.made_at, p.id) < (@beforeAt, @beforeId))
        order by p.made_at desc, p.id desc limit @limit
        """;

    private const string InsertSql = """
        insert into assessment_appeals (id, score_id, indicator, words, worker_id, account_id, made_by, made_at, state)
        values (@id, @score, @indicator, @words, @worker, @account, @by, @now, 'open')
        on conflict (score_id, coalesce(indicator, '')) where state = 'open' do nothing
        """;

    private const string DecideSql = """
        update assessment_appeals set state = @state, decided_by = @by, decided_at = @now, decision = @words, exclusion_id = @exclusion where id = @id
        """;

    public async Task<AppealRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AppealRow?>(new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AppealRow>> OfScoresAsync(long[] scores, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AppealRow>(new CommandDefinition(OfScoresSql, new { scores }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Newest first, after the one of a moment and id.</summary>
    public async Task<IReadOnlyList<AppealRow>> PageAsync(int[] areas, string? state, (DateTimeOffset At, Guid Id)? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AppealRow>(new CommandDefinition(
            PageSql, new { areas, state, beforeAt = before?.At, beforeId = before?.Id, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Null id: an appeal against the score and indicator is open already.</summary>
    /// <param name="score">Closed, and of the newest version.</param>
    /// <param name="indicator">Null: all of it.</param>
    /// <param name="words">What is stated.</param>
    /// <param name="viewer">Who records it; null: the worker alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Guid?> AddAsync(ScoreRow score, string? indicator, string words, Viewer? viewer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(new CommandDefinition(
            InsertSql,
            new { id, score = score.Id, indicator, words, worker = score.WorkerId, account = viewer?.AccountId, by = viewer?.User ?? score.Subject ?? "", now },
            transaction,
            cancellationToken: cancellationToken));
        if (added == 0)
        {
            return null;
        }

        if (viewer is not null)
        {
            await audit.WriteWithinAsync(
                connection, transaction, viewer, [new AuditAct(AuditActions.FileAppeal, score.AreaId, score.WorkerId, $"score {score.Id}")], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Null: it is decided now.</summary>
    public async Task<AppealRefusal?> DecideAsync(AppealRow appeal, bool upheld, string words, NewExclusionRow? exclusion, Viewer viewer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(LockSql, new { id = appeal.Id }, transaction, cancellationToken: cancellationToken));
        var current = await connection.QuerySingleOrDefaultAsync<AppealRow?>(new CommandDefinition(FindSql, new { id = appeal.Id }, transaction, cancellationToken: cancellationToken));
        if (current?.State != AppealRow.Open)
        {
            return AppealRefusal.Decided;
        }

        if (current.AccountId == viewer.AccountId)
        {
            return AppealRefusal.OwnAppeal;
        }

        var added = exclusion is null ? (int?)null : await ExclusionStore.InsertAsync(connection, transaction, exclusion, viewer.User, now, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            DecideSql,
            new { id = appeal.Id, state = upheld ? AppealRow.Upheld : AppealRow.Rejected, by = viewer.User, now, words, exclusion = added },
            transaction,
            cancellationToken: cancellationToken));
        await audit.WriteWithinAsync(
            connection,
            transaction,
            viewer,
            [new AuditAct(AuditActions.DecideAppeal, appeal.AreaId, appeal.WorkerId, $"{(upheld ? AppealRow.Upheld : AppealRow.Rejected)} score {appeal.ScoreId}")],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}

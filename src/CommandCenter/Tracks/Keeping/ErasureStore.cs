using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Erasures as jobs and as receipts.</summary>
internal sealed class ErasureStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    private const string InsertSql = """
        insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, case_number, settles_at)
        values (@workerId, @at, @untilMs, @accountId, @by, @reason, @caseNumber, @settlesAt) returning id
        """;

    private const string ColumnsSql = """
        select e.id as Id, e.worker_id as WorkerId, w.code as Worker, w.home_area_id as HomeAreaId, e.requested_at as RequestedAt, e.until_ms as UntilMs,
               e.user_name as UserName, e.reason as Reason, e.case_number as CaseNumber, e.finished_at as FinishedAt, e.later_fixes as LaterFixes, e.sha256 as Sha256
        from track_erasures e join workers w on w.id = e.worker_id
        """;

    private const string FindSql = ColumnsSql + " where e.id = @id";

    private const string PageSql = ColumnsSql + " where e.id < @before and w.home_area_id = any(@areaIds) and (@worker::text is null or lower(w.code) = lower(@worker)) order by e.id desc limit @limit";

    private const string OpenSql = ColumnsSql + " where e.finished_at is null or e.settles_at > @now order by e.id";

    private const string UnderWaySql = $"""
        select exists (
            select 1 from track_erasures e where e.worker_id = any(@workerIds) and e.finished_at is null and e.tracks_gone_at is null
                and coalesce((select bool_or(not {KeepingLock.HeldSql}) from track_parts p where p.worker_id = e.worker_id and p.first_ms < e.until_ms), true))
        """;

    private const string CountsSql = """
        select erasure_id as ErasureId, table_name as TableName, rows as Rows, fixes as Fixes from track_erasure_counts
        where erasure_id = any(@ids) order by erasure_id, table_name
        """;

    private const string FinishSql = "update track_erasures set finished_at = @at, sha256 = @sha256 where id = @id and finished_at is null";

    /// <summary>The order to erase, durable, with its row on the trail; null and the cases when tracks are held.</summary>
    public async Task<(long Id, IReadOnlyList<string> HeldFor)> OrderAsync(
        Viewer viewer, Worker worker, AuditReason reason, DateTimeOffset at, TimeSpan settles, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        if (await HoldStore.CasesAsync(connection, transaction, worker.Id, at, cancellationToken) is { Count: > 0 } held)
        {
            return (0, held);
        }

        var id = await connection.QuerySingleAsync<long>(new CommandDefinition(
            InsertSql,
            new
            {
                workerId = worker.Id,
                at,
                untilMs = at.ToUnixTimeMilliseconds(),
                accountId = viewer.AccountId,
                by = viewer.User,
                reason = reason.Text,
                caseNumber = reason.Case,
                settlesAt = at + settles,
            },
            transaction,
            cancellationToken: cancellationToken));
        await audit.WriteWithinAsync(
            connection, transaction, viewer, [new AuditAct(AuditActions.EraseTrack, worker.HomeAreaId, worker.Id, $"erasure {id}; {reason.OnTrail}")], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (id, []);
    }

    /// <summary>Tracks of one of these people were still to be erased then, or have been ordered to be since: what was read then may hold some of them.</summary>
    public async Task<bool> ErasedSinceAsync(int[] workerIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select exists (select 1 from track_erasures where worker_id = any(@workerIds) and coalesce(tracks_gone_at, finished_at, 'infinity') >= @since)", new { workerIds, since }, cancellationToken: cancellationToken));
    }

    /// <summary>Tracks of one of these people have been ordered to be erased since: no more of what was read before may leave.</summary>
    public async Task<bool> OrderedSinceAsync(int[] workerIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select exists (select 1 from track_erasures where worker_id = any(@workerIds) and requested_at >= @since)", new { workerIds, since }, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Tracks of one of these people are being erased: some of what is stored is to be deleted. Not while only what a case holds is left, which is kept to be looked at.
    /// </summary>
    public async Task<bool> UnderWayAsync(int[] workerIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(UnderWaySql, new { workerIds, now }, commandTimeout: 120, cancellationToken: cancellationToken));
    }

    public async Task<ErasureRow?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<ErasureRow>(new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ErasureRow>> PageAsync(int[] areaIds, string? worker, long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ErasureRow>(new CommandDefinition(PageSql, new { areaIds, worker, before, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Those to be gone on with, and those after which something may still turn up.</summary>
    public async Task<IReadOnlyList<ErasureRow>> OpenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ErasureRow>(new CommandDefinition(OpenSql, new { now }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<ErasedTable>> CountsAsync(long id, CancellationToken cancellationToken) => [.. (await CountsAsync([id], cancellationToken))[id]];

    /// <summary>By erasure; by name of the table within.</summary>
    public async Task<ILookup<long, ErasedTable>> CountsAsync(long[] ids, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(long ErasureId, string Table, long Rows, long Fixes)>(new CommandDefinition(CountsSql, new { ids }, cancellationToken: cancellationToken)))
            .ToLookup(row => row.ErasureId, row => new ErasedTable(row.Table, row.Rows, row.Fixes));
    }

    /// <summary>Of the tracks nothing is left: what was read since then holds none of them, whatever else the erasure waits for.</summary>
    public async Task TracksGoneAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update track_erasures set tracks_gone_at = @at where id = @id and tracks_gone_at is null", new { id, at }, cancellationToken: cancellationToken));
    }

    public async Task FinishAsync(long id, DateTimeOffset at, string sha256, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(FinishSql, new { id, at, sha256 }, cancellationToken: cancellationToken));
    }
}

/// <summary>An erasure as it is stored.</summary>
internal sealed class ErasureRow
{
    public long Id { get; init; }

    public int WorkerId { get; init; }

    public string Worker { get; init; } = "";

    public int HomeAreaId { get; init; }

    public DateTime RequestedAt { get; init; }

    public long UntilMs { get; init; }

    public string UserName { get; init; } = "";

    public string Reason { get; init; } = "";

    public string? CaseNumber { get; init; }

    public DateTime? FinishedAt { get; init; }

    public long LaterFixes { get; init; }

    public string? Sha256 { get; init; }
}

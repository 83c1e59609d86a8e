using CommandCenter.Access;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Holds for cases.</summary>
internal sealed class HoldStore(NpgsqlDataSource dataSource, AuditStore audit)
{
    private const string InsertSql = """
        insert into track_holds (case_number, reason, from_ms, to_ms, until, placed_at, placed_by, area_id)
        values (@caseNumber, @reason, @fromMs, @toMs, @until, @at, @by, @areaId) returning id
        """;

    private const string InsertWorkersSql = "insert into track_hold_workers (hold_id, worker_id) select @id, unnest(@workerIds)";

    private const string ColumnsSql = """
        select h.id as Id, h.case_number as CaseNumber, h.reason as Reason, h.from_ms as FromMs, h.to_ms as ToMs, h.until as Until,
               h.placed_at as PlacedAt, h.placed_by as PlacedBy, h.released_at as ReleasedAt, h.released_by as ReleasedBy, h.area_id as AreaId,
               array(select hw.worker_id from track_hold_workers hw where hw.hold_id = h.id order by hw.worker_id) as WorkerIds
        from track_holds h
        where h.id < @before
        """;

    private const string NewestFirstSql = " order by h.id desc limit @limit";

    private const string OfAreasSql = """
         and exists (select 1 from track_hold_workers hw join workers w on w.id = hw.worker_id where hw.hold_id = h.id and w.home_area_id = any(@areaIds))
        """;

    private const string OpenSql = " and h.released_at is null and h.until > @now";
    private const string EndedSql = " and not (h.released_at is null and h.until > @now)";

    private const string ReleaseSql = "update track_holds set released_at = @at, released_by = @by where id = @id and released_at is null";

    private const string CasesSql = """
        select distinct h.case_number from track_holds h join track_hold_workers hw on hw.hold_id = h.id
        where hw.worker_id = @workerId and h.released_at is null and h.until > @now
        order by 1
        """;

    private const string SpansSql = """
        select hw.worker_id as WorkerId, h.from_ms as FromMs, h.to_ms as ToMs from track_holds h join track_hold_workers hw on hw.hold_id = h.id
        where hw.worker_id = any(@workerIds) and h.released_at is null and h.until > @now
        """;

    /// <summary>Once this returns nothing that the hold names is deleted any more.</summary>
    public async Task<long> PlaceAsync(
        Viewer viewer,
        IReadOnlyList<Worker> workers,
        int? areaId,
        long fromMs,
        long toMs,
        DateTimeOffset until,
        AuditReason reason,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
        var id = await connection.QuerySingleAsync<long>(new CommandDefinition(
            InsertSql,
            new { caseNumber = reason.Case, reason = reason.Text, fromMs, toMs, until, at, by = viewer.User, areaId },
            transaction,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            InsertWorkersSql, new { id, workerIds = workers.Select(worker => worker.Id).ToArray() }, transaction, cancellationToken: cancellationToken));
        await audit.WriteWithinAsync(
            connection, transaction, viewer, workers.Select(worker => Act(AuditActions.HoldTrack, worker, id, reason)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Newest first, the ended ones too.</summary>
    public async Task<IReadOnlyList<HoldRow>> ListAsync(long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<HoldRow>(new CommandDefinition(ColumnsSql + NewestFirstSql, new { before, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Those that name somebody at home in the areas, newest first; null: the open and the ended ones.</summary>
    public async Task<IReadOnlyList<HoldRow>> PageAsync(int[] areaIds, bool? open, DateTimeOffset now, long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var state = open switch { true => OpenSql, false => EndedSql, null => "" };
        return (await connection.QueryAsync<HoldRow>(new CommandDefinition(
            ColumnsSql + OfAreasSql + state + NewestFirstSql, new { areaIds, now, before, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>False: it was over already.</summary>
    public async Task<bool> ReleaseAsync(Viewer viewer, HoldRow hold, IReadOnlyList<Worker> workers, AuditReason reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var released = await connection.ExecuteAsync(new CommandDefinition(
            ReleaseSql, new { id = hold.Id, at, by = viewer.User }, transaction, cancellationToken: cancellationToken));
        if (released > 0)
        {
            await audit.WriteWithinAsync(
                connection, transaction, viewer, workers.Select(worker => Act(AuditActions.ReleaseTrack, worker, hold.Id, reason)), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return released > 0;
    }

    /// <summary>Numbers of the cases that a worker's tracks are held for now.</summary>
    public static async Task<IReadOnlyList<string>> CasesAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, int workerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<string>(new CommandDefinition(CasesSql, new { workerId, now }, transaction, cancellationToken: cancellationToken))).AsList();

    /// <summary>What of these workers' time is held for any case now: from the one until before the other, ms since 1970 UTC.</summary>
    public async Task<ILookup<int, (long FromMs, long ToMs)>> SpansAsync(int[] workerIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(int WorkerId, long FromMs, long ToMs)>(new CommandDefinition(SpansSql, new { workerIds, now }, cancellationToken: cancellationToken)))
            .ToLookup(row => row.WorkerId, row => (row.FromMs, row.ToMs));
    }

    private static AuditAct Act(string action, Worker worker, long hold, AuditReason reason) =>
        new(action, worker.HomeAreaId, worker.Id, $"hold {hold}; {reason.OnTrail}");
}

/// <summary>A hold as it is stored.</summary>
internal sealed class HoldRow
{
    public long Id { get; init; }

    public string CaseNumber { get; init; } = "";

    public string Reason { get; init; } = "";

    public long FromMs { get; init; }

    public long ToMs { get; init; }

    public DateTime Until { get; init; }

    public DateTime PlacedAt { get; init; }

    public string PlacedBy { get; init; } = "";

    public DateTime? ReleasedAt { get; init; }

    public string? ReleasedBy { get; init; }

    public int? AreaId { get; init; }

    public int[] WorkerIds { get; init; } = [];
}

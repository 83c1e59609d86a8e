using Dapper;
using Npgsql;

namespace CommandCenter.Alarms.Ledger;

/// <summary>Reads alarms out of PostgreSQL.</summary>
public sealed class AlarmReads(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 5;

    private const string CurrentSql = "select " + AlarmRow.Columns + " from alarms where closed_ms is null or closed_ms >= @closedSinceMs";

    private const string ByIdSql = "select " + AlarmRow.Columns + " from alarms where id = any(@ids)";

    private const string StepIdsSql = "select alarm_id, event_id from alarm_ledger where alarm_id = any(@ids)";

    private const string PageSql = "select " + AlarmRow.Columns + " from alarms where (arrived_ms, id) < (@beforeMs, @beforeId) and (home_area_id = any(@areaIds) or place_area_id = any(@areaIds))";

    private const string PageOrderSql = " order by arrived_ms desc, id desc limit @limit";

    private const string EntriesSql =
        """
        select l.alarm_id as AlarmId, l.number as Number, l.event_id as EventId, l.step as Step, l.at_ms as AtMs, l.actor as Actor, l.payload_sha256 as PayloadSha256,
               l.prev_hash as PrevHash, l.hash as Hash, p.salt as Salt, p.payload as Payload
        from alarm_ledger l
        left join alarm_payloads p on p.alarm_id = l.alarm_id and p.number = l.number
        where l.alarm_id = any(@ids)
        order by l.alarm_id, l.number
        """;

    private const string DirectSql =
        """
        select p.payload, l.stored_at
        from alarm_ledger l
        join alarm_payloads p on p.alarm_id = l.alarm_id and p.number = l.number
        where l.direct and l.stored_at > @since
        order by l.stored_at, l.number
        """;

    private const string HeadsSql = "select id, entries, head from alarms where id in (select alarm_id from alarm_ledger where stored_at > @since) order by id";

    private const string OfStepSql = "select alarm_id from alarm_ledger where event_id = @step";

    private const string ArrivedSql =
        "select " + AlarmRow.Columns + " from alarms where arrived_ms >= @fromMs and arrived_ms < @toMs and (home_area_id = any(@areaIds) or place_area_id = any(@areaIds)) order by arrived_ms, id limit @most";

    /// <summary>The heads of ledgers that grew since.</summary>
    public async Task<IReadOnlyList<LedgerHead>> HeadsSinceAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, int Entries, byte[] Head)>(new CommandDefinition(
            HeadsSql, new { since }, commandTimeout: StatementSeconds * 12, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new LedgerHead(row.Id, row.Entries, Convert.ToHexStringLower(row.Head)))];
    }

    /// <summary>Open alarms and those closed since, each with the steps that are in it.</summary>
    public Task<IReadOnlyList<AlarmState>> CurrentAsync(long closedSinceMs, CancellationToken cancellationToken) =>
        StatesAsync(CurrentSql, new { closedSinceMs }, cancellationToken);

    /// <summary>Those of the ids that are stored, each with the steps that are in it.</summary>
    public Task<IReadOnlyList<AlarmState>> FindAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        StatesAsync(ByIdSql, new { ids = ids.ToArray() }, cancellationToken);

    /// <summary>The stored alarm that a step is of; null when the step is not stored.</summary>
    public async Task<Guid?> AlarmOfAsync(Guid step, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(Command(OfStepSql, new { step }, cancellationToken));
    }

    /// <summary>Newest arrival first.</summary>
    public async Task<IReadOnlyList<AlarmState>> PageAsync(AlarmQuery query, CancellationToken cancellationToken)
    {
        string[] conditions =
        [
            query.OpenOnly ? " and closed_ms is null" : "",
            query.State is null ? "" : " and state = @State",
            query.Kind is null ? "" : " and kind = @Kind",
            query.WorkerId is null ? "" : " and worker_id = @WorkerId",
        ];
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<AlarmRow>(Command(PageSql + string.Concat(conditions) + PageOrderSql, query, cancellationToken));
        return [.. rows.Select(row => row.ToState())];
    }

    /// <summary>Alarms that arrived in the interval, with whether their ledgers hold together and are what was signed of them.</summary>
    public async Task<IReadOnlyList<(AlarmState State, bool Intact)>> ArrivedAsync(
        long fromMs, long toMs, int[] areaIds, int most, ILookup<Guid, LedgerHead> signed, CancellationToken cancellationToken)
    {
        // One snapshot, as for a single one.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        CommandDefinition Within(string sql, object arguments) => new(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken);
        var rows = (await connection.QueryAsync<AlarmRow>(Within(ArrivedSql, new { fromMs, toMs, areaIds, most }))).AsList();
        var found = new List<(AlarmState, bool)>(rows.Count);
        foreach (var some in rows.Chunk(200))
        {
            var entries = (await connection.QueryAsync<LedgerEntry>(Within(EntriesSql, new { ids = some.Select(row => row.Id).ToArray() }))).ToLookup(entry => entry.AlarmId);
            found.AddRange(some.Select(row => (row.ToState(), LedgerCheck.IsIntact(row, [.. entries[row.Id]]) && LedgerCheck.IsAsSigned([.. entries[row.Id]], signed[row.Id]))));
        }

        return found;
    }

    /// <summary>An alarm's ledger, and whether it holds together; null when nothing of it is stored.</summary>
    public async Task<(AlarmState State, IReadOnlyList<LedgerEntry> Entries, bool Intact)?> LedgerAsync(Guid id, CancellationToken cancellationToken)
    {
        // One snapshot, or a step written between the two would look like a broken chain.
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        Guid[] ids = [id];
        var row = await connection.QuerySingleOrDefaultAsync<AlarmRow>(new CommandDefinition(ByIdSql, new { ids }, transaction, StatementSeconds, cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        var entries = (await connection.QueryAsync<LedgerEntry>(new CommandDefinition(EntriesSql, new { ids }, transaction, StatementSeconds, cancellationToken: cancellationToken))).AsList();
        return (row.ToState(), entries, LedgerCheck.IsIntact(row, entries));
    }

    /// <summary>Steps that some node wrote here alone, with when, in that order.</summary>
    public async Task<IReadOnlyList<(AlarmEvent Step, DateTime StoredAt)>> DirectSinceAsync(DateTime since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Payload, DateTime StoredAt)>(Command(DirectSql, new { since }, cancellationToken));
        return [.. rows.Select(row => (AlarmEvent.FromJson(row.Payload), row.StoredAt))];
    }

    private async Task<IReadOnlyList<AlarmState>> StatesAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var rows = (await connection.QueryAsync<AlarmRow>(new CommandDefinition(sql, arguments, transaction, StatementSeconds * 6, cancellationToken: cancellationToken))).AsList();
        var steps = (await connection.QueryAsync<(Guid Alarm, Guid Step)>(new CommandDefinition(
            StepIdsSql, new { ids = rows.Select(row => row.Id).ToArray() }, transaction, StatementSeconds * 6, cancellationToken: cancellationToken))).ToLookup(step => step.Alarm, step => step.Step);
        return [.. rows.Select(row => row.ToState() with { Seen = [.. steps[row.Id]] })];
    }

    private static CommandDefinition Command(string sql, object arguments, CancellationToken cancellationToken) =>
        new(sql, arguments, commandTimeout: StatementSeconds, cancellationToken: cancellationToken);
}

/// <summary>Which alarms are asked for; null asks for all. They stand after (BeforeMs, BeforeId) in the list.</summary>
public sealed record AlarmQuery(int[] AreaIds, long BeforeMs, Guid BeforeId, int Limit, bool OpenOnly, string? State, string? Kind, int? WorkerId);

using System.Security.Cryptography;
using CommandCenter.Alarms.Webhooks;
using Dapper;
using Npgsql;

namespace CommandCenter.Alarms.Ledger;

/// <summary>
/// Writes steps into PostgreSQL: the alarms' rows, their ledgers, what the steps say of people, and what is to be told to webhooks; all or nothing. A step that is there
/// already is passed over, so the log may be written again from any place before.
/// </summary>
public sealed class LedgerStore(NpgsqlDataSource dataSource, HookList hooks)
{
    private const int Tries = 5;
    private const int StatementSeconds = 10;

    private const string ReadPositionSql = "select position from alarm_log_position";

    private const string MovePositionSql = "update alarm_log_position set position = @next where position = @previous";

    private const string LockSql = "select " + AlarmRow.Columns + " from alarms where id = any(@ids) order by id for update";

    private const string ThereSql = "select event_id from alarm_ledger where event_id = any(@ids)";

    private const string InsertSql =
        """
        insert into alarms (id, source, kind, priority, state, device_id, worker_id, worker_code, home_area_id, place_area_id, occurred_ms, arrived_ms, late, off_duty, exercise,
            longitude, latitude, accuracy_meters, note, level, repeats, acknowledged_by, acknowledged_ms, closed_ms, shown_ms, reopened, clock_ms, version, entries, head, erased_ms)
        values (@Id, @Source, @Kind, @Priority, @State, @DeviceId, @WorkerId, @WorkerCode, @HomeAreaId, @PlaceAreaId, @OccurredMs, @ArrivedMs, @Late, @OffDuty, @Exercise,
            @Longitude, @Latitude, @AccuracyMeters, @Note, @Level, @Repeats, @AcknowledgedBy, @AcknowledgedMs, @ClosedMs, @ShownMs, @Reopened, @ClockMs, @Version, @Entries, @Head, @ErasedMs)
        """;

    private const string UpdateSql =
        """
        update alarms set state = @State, level = @Level, repeats = @Repeats, acknowledged_by = @AcknowledgedBy, acknowledged_ms = @AcknowledgedMs, closed_ms = @ClosedMs,
            shown_ms = @ShownMs, reopened = @Reopened, clock_ms = @ClockMs, version = @Version, entries = @Entries, head = @Head, erased_ms = @ErasedMs,
            source = @Source, device_id = @DeviceId, worker_id = @WorkerId, worker_code = @WorkerCode, longitude = @Longitude, latitude = @Latitude,
            accuracy_meters = @AccuracyMeters, note = @Note
        where id = @Id
        """;

    private const string InsertEntriesSql =
        """
        insert into alarm_ledger (alarm_id, number, event_id, step, at_ms, actor, payload_sha256, prev_hash, hash, direct)
        select *, @direct from unnest(@alarms, @numbers, @events, @steps, @times, @actors, @payloadHashes, @previous, @hashes)
        """;

    private const string InsertPayloadsSql =
        "insert into alarm_payloads (alarm_id, number, salt, payload) select * from unnest(@alarms, @numbers, @salts, @payloads)";

    /// <summary>The place of the log up to which it is written through.</summary>
    public async Task<string> ReadPositionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<string>(new CommandDefinition(ReadPositionSql, commandTimeout: StatementSeconds, cancellationToken: cancellationToken));
    }

    /// <summary>Writes steps that stand in the log and moves the position, both or neither. False: another node moved it first, and nothing was written.</summary>
    public Task<bool> WriteThroughAsync(string previous, string next, IReadOnlyList<AlarmEvent> steps, CancellationToken cancellationToken) =>
        TryAsync(steps, (previous, next), cancellationToken);

    /// <summary>Writes steps that stand nowhere else; other nodes find them by asking for such.</summary>
    public Task WriteDirectlyAsync(IReadOnlyList<AlarmEvent> steps, CancellationToken cancellationToken) => TryAsync(steps, null, cancellationToken);

    private async Task<bool> TryAsync(IReadOnlyList<AlarmEvent> steps, (string Previous, string Next)? log, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(steps, log, cancellationToken);
            }
            catch (PostgresException e) when (attempt < Tries && e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected)
            {
                // The same step by another node in the same moment: on the next look it is there.
            }
        }
    }

    private async Task<bool> WriteAsync(IReadOnlyList<AlarmEvent> steps, (string Previous, string Next)? log, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (log is { } moved && await connection.ExecuteAsync(new CommandDefinition(
            MovePositionSql, new { previous = moved.Previous, next = moved.Next }, transaction, StatementSeconds, cancellationToken: cancellationToken)) == 0)
        {
            return false;
        }

        await WriteWithinAsync(connection, transaction, steps, direct: log is null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Writes steps in the caller's transaction, under locks of the alarms' rows.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="transaction">The caller commits it.</param>
    /// <param name="steps">In order.</param>
    /// <param name="direct">They stand in no log: other nodes look for such here.</param>
    /// <param name="cancellationToken">Ends the writing; the transaction is then of no use.</param>
    internal async Task WriteWithinAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<AlarmEvent> steps, bool direct, CancellationToken cancellationToken)
    {
        CommandDefinition Command(string sql, object? arguments) => new(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken);

        // Second names of raised alarms, too: one of another sender may have the first.
        var ids = steps.Select(step => step.Alarm).Concat(steps.Where(step => step.Press is not null).Select(step => AlarmIds.Own(step.Press!.Source, step.Alarm))).Distinct().ToArray();
        var rows = await connection.QueryAsync<AlarmRow>(Command(LockSql, new { ids }));
        var there = await connection.QueryAsync<Guid>(Command(ThereSql, new { ids = steps.Select(step => step.Id).ToArray() }));
        var batch = new LedgerBatch(rows, there);
        foreach (var step in steps)
        {
            batch.Add(step);
        }

        await connection.ExecuteAsync(Command(InsertSql, batch.Inserted));
        await connection.ExecuteAsync(Command(UpdateSql, batch.Updated));
        if (batch.Entries.Count > 0)
        {
            await InsertAsync(batch.Entries);
            await hooks.NoteAsync(connection, transaction, batch.Told, cancellationToken);
        }

        async Task InsertAsync(List<LedgerEntry> entries)
        {
            var alarms = entries.Select(entry => entry.AlarmId).ToArray();
            var numbers = entries.Select(entry => entry.Number).ToArray();
            await connection.ExecuteAsync(Command(InsertEntriesSql, new
            {
                alarms,
                numbers,
                events = entries.Select(entry => entry.EventId).ToArray(),
                steps = entries.Select(entry => entry.Step).ToArray(),
                times = entries.Select(entry => entry.AtMs).ToArray(),
                actors = entries.Select(entry => entry.Actor).ToArray(),
                payloadHashes = entries.Select(entry => entry.PayloadSha256).ToArray(),
                previous = entries.Select(entry => entry.PrevHash).ToArray(),
                hashes = entries.Select(entry => entry.Hash).ToArray(),
                direct,
            }));
            var said = entries.Where(entry => entry.Payload is not null).ToList();
            await connection.ExecuteAsync(Command(InsertPayloadsSql, new
            {
                alarms = said.Select(entry => entry.AlarmId).ToArray(),
                numbers = said.Select(entry => entry.Number).ToArray(),
                salts = said.Select(entry => entry.Salt).ToArray(),
                payloads = said.Select(entry => entry.Payload).ToArray(),
            }));
        }
    }
}

/// <summary>Steps folded into rows that were locked for them.</summary>
internal sealed class LedgerBatch
{
    private readonly Dictionary<Guid, (AlarmState State, int Entries, byte[] Head)> _alarms;
    private readonly HashSet<Guid> _stored;
    private readonly HashSet<Guid> _there;
    private readonly HashSet<Guid> _touched = [];

    public LedgerBatch(IEnumerable<AlarmRow> rows, IEnumerable<Guid> there)
    {
        _alarms = rows.ToDictionary(row => row.Id, row => (row.ToState(), row.Entries, row.Head));
        _stored = [.. _alarms.Keys];
        _there = [.. there];
    }

    public List<LedgerEntry> Entries { get; } = [];

    /// <summary>New steps, each with the alarm after it.</summary>
    public List<(AlarmEvent Step, AlarmState Alarm)> Told { get; } = [];

    public IEnumerable<AlarmRow> Inserted => Rows(_touched.Where(id => !_stored.Contains(id)));

    public IEnumerable<AlarmRow> Updated => Rows(_touched.Where(_stored.Contains));

    public void Add(AlarmEvent step)
    {
        if (_there.Contains(step.Id))
        {
            return;
        }

        var id = AlarmFold.AlarmOf(step, _alarms.TryGetValue(step.Alarm, out var owner) ? owner.State.Press.Source : null);
        step = step with { Alarm = id };
        var known = _alarms.TryGetValue(id, out var was);
        if (AlarmFold.Apply(known ? was.State : null, step) is not { } state)
        {
            return;
        }

        var (number, previous) = known ? (was.Entries + 1, was.Head) : (1, LedgerChain.Start);
        var (salt, payload, name) = (RandomNumberGenerator.GetBytes(16), step.ToJson(), step.Step.Word());
        var payloadHash = LedgerChain.PayloadHash(salt, payload);
        var hash = LedgerChain.Hash(previous, id, number, step.Id, step.AtMs, name, step.By, payloadHash);
        var isKept = state.ErasedMs is null || AlarmWithout.IsOfNobody(step.Step);
        Entries.Add(new LedgerEntry
        {
            AlarmId = id,
            Number = number,
            EventId = step.Id,
            Step = name,
            AtMs = step.AtMs,
            Actor = step.By,
            PayloadSha256 = payloadHash,
            PrevHash = previous,
            Hash = hash,
            Salt = isKept ? salt : null,
            Payload = isKept ? payload : null,
        });
        _alarms[id] = (state, number, hash);
        _touched.Add(id);
        _there.Add(step.Id);
        Told.Add((step, state));
    }

    private IEnumerable<AlarmRow> Rows(IEnumerable<Guid> ids) => ids.Select(id => AlarmRow.Of(_alarms[id].State, _alarms[id].Entries, _alarms[id].Head));
}

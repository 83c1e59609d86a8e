using CommandCenter.Contracts.Workers;
using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>What became of a change of a worker.</summary>
public enum WorkerChanged
{
    Yes,

    /// <summary>The worker is no longer on the roster.</summary>
    Left,

    /// <summary>Somebody moved the worker a moment ago: whether the change is allowed must be judged anew.</summary>
    Overtaken,
}

/// <summary>The roster and its duty periods in PostgreSQL.</summary>
public sealed class WorkerStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    public const string Feed = "workers";

    /// <summary>Fixes older than 30 days are refused, so no longer memory of duty is needed to judge one.</summary>
    public static readonly TimeSpan DutyKept = TimeSpan.FromDays(31);

    private const string SelectVersion = "select coalesce((select version from directory_versions where name = 'workers'), 0)";

    // One row a period, or one without; ordered so that a worker's rows stand together.
    private const string SelectChanged =
        """
        select w.id, w.code, w.name, w.role, w.home_area_id, w.phone, w.left_at is not null, p.started_at, p.ended_at,
               nullif(w.skills, '{}')
        from workers w
        left join duty_periods p on p.worker_id = w.id and (p.ended_at is null or p.ended_at > @since)
        where w.changed_version > @after
        order by w.id, p.started_at
        """;

    /// <summary>
    /// Workers changed after directory version <paramref name="after"/> (0: all), and the version that brings the reader to. Both are of one
    /// snapshot, so that nothing falls between two calls.
    /// </summary>
    public async Task<(long Version, List<WorkerChange> Changes)> LoadAsync(long after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var version = await connection.ExecuteScalarAsync<long>(new CommandDefinition(SelectVersion, transaction: transaction, cancellationToken: cancellationToken));
        var changes = new List<WorkerChange>();
        if (version == after)
        {
            return (version, changes);
        }

        await using var command = new NpgsqlCommand(SelectChanged, connection, transaction) { CommandTimeout = 600 };
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("since", time.GetUtcNow() - DutyKept);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var periods = new List<DutyPeriod>();
        DutyPeriod[] shared = [];
        var skillSets = new Dictionary<string, string[]>(StringComparer.Ordinal);
        WorkerChange? open = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt32(0);
            if (open?.Id != id)
            {
                Close(open, periods, changes, ref shared);
                open = new WorkerChange(id, reader.GetBoolean(6) ? null : await ReadAsync(reader, id, skillSets, cancellationToken));
            }

            if (!await reader.IsDBNullAsync(7, cancellationToken))
            {
                var end = await reader.IsDBNullAsync(8, cancellationToken) ? long.MaxValue : Ms(reader.GetDateTime(8));
                periods.Add(new DutyPeriod(Ms(reader.GetDateTime(7)), end));
            }
        }

        Close(open, periods, changes, ref shared);
        return (version, changes);
    }

    /// <summary>Workers of one shift have the same periods, which are then kept once.</summary>
    private static void Close(WorkerChange? open, List<DutyPeriod> periods, List<WorkerChange> changes, ref DutyPeriod[] shared)
    {
        if (open is { } change)
        {
            shared = periods.SequenceEqual(shared) ? shared : [.. periods];
            changes.Add(change.Worker is null ? change : change with { Worker = change.Worker with { DutyPeriods = shared } });
            periods.Clear();
        }
    }

    private static async Task<Worker> ReadAsync(NpgsqlDataReader reader, int id, Dictionary<string, string[]> skillSets, CancellationToken cancellationToken) => new(
        id,
        reader.GetString(1),
        reader.GetString(2),
        (WorkerRole)reader.GetInt16(3),
        reader.GetInt32(4),
        await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetString(5),
        [])
    {
        Skills = await reader.IsDBNullAsync(9, cancellationToken) ? [] : Shared(reader.GetFieldValue<string[]>(9), skillSets),
    };

    private static string[] Shared(string[] skills, Dictionary<string, string[]> sets) =>
        sets.TryGetValue(string.Join('\n', skills), out var known) ? known : sets[string.Join('\n', skills)] = skills;

    private static long Ms(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private const string Insert =
        """
        insert into workers (code, name, role, home_area_id, phone, skills, created_at, changed_version)
        values (@code, @name, @role, @homeAreaId, @phone, @skills, @now, (select version from directory_versions where name = 'workers'))
        on conflict (lower(code)) do nothing
        returning id
        """;

    /// <summary>Null when the code is taken, even by one who left.</summary>
    public async Task<int?> AddAsync(string code, WorkerDraft draft, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var id = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            Insert,
            new { code, draft.Name, role = (short)draft.Role, draft.HomeAreaId, draft.Phone, skills = draft.Skills ?? [], now = time.GetUtcNow() },
            transaction,
            cancellationToken: cancellationToken));
        if (id is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return id;
    }

    private const string StartDuty =
        """
        insert into duty_periods (worker_id, started_at)
        select @id, @now where not exists (select 1 from duty_periods where worker_id = @id and ended_at is null)
        """;

    // A clock that went back since the start must not make a period that ends before it begins.
    private const string EndDuty = "update duty_periods set ended_at = greatest(@now, started_at) where worker_id = @id and ended_at is null";

    private const string TouchWorker =
        "update workers set changed_version = (select version from directory_versions where name = 'workers') where id = @id and left_at is null";

    /// <summary>On or off duty from now on; false when it was so already.</summary>
    public async Task<bool> SetDutyAsync(int id, bool onDuty, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition(
            onDuty ? StartDuty : EndDuty, new { id, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken)) > 0
            && await connection.ExecuteAsync(new CommandDefinition(TouchWorker, new { id }, transaction, cancellationToken: cancellationToken)) > 0;
        if (changed)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return changed;
    }

    private const string SelectHome = "select home_area_id from workers where id = @id and left_at is null";

    private const string Update =
        """
        update workers
        set name = @name, role = @role, home_area_id = @homeAreaId, phone = @phone, skills = coalesce(@skills, skills),
            changed_version = (select version from directory_versions where name = 'workers')
        where id = @id
        """;

    /// <summary>
    /// Changes the worker whose home is still <paramref name="oldHomeAreaId"/>, by which the caller judged who may: one whom somebody moved meanwhile may be
    /// another administrator's by now.
    /// </summary>
    public async Task<WorkerChanged> ChangeAsync(int id, int oldHomeAreaId, WorkerDraft draft, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // All writers of the roster bump first, so nobody changes the home after it was read.
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var home = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(SelectHome, new { id }, transaction, cancellationToken: cancellationToken));
        if (home != oldHomeAreaId)
        {
            return home is null ? WorkerChanged.Left : WorkerChanged.Overtaken;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            Update, new { id, draft.Name, role = (short)draft.Role, draft.HomeAreaId, draft.Phone, draft.Skills }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return WorkerChanged.Yes;
    }

    private const string Leave =
        """
        update workers set left_at = @now, changed_version = (select version from directory_versions where name = 'workers')
        where id = @id and left_at is null
        """;

    private const string RevokeDevices =
        """
        update devices
        set revoked_at = @now, revoked_by = @by, changed_version = (select version from directory_versions where name = 'devices')
        where worker_id = @id and revoked_at is null
        """;

    /// <summary>Ends duty, revokes all devices and takes the worker off the roster. How many devices; null when the worker had left before.</summary>
    public async Task<int?> LeaveAsync(int id, int by, CancellationToken cancellationToken)
    {
        var parameters = new { id, by, now = time.GetUtcNow() };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // In this order wherever both are bumped, or two writers could wait for each other.
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, DeviceStore.Feed, cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(Leave, parameters, transaction, cancellationToken: cancellationToken)) == 0)
        {
            return null;
        }

        await connection.ExecuteAsync(new CommandDefinition(EndDuty, parameters, transaction, cancellationToken: cancellationToken));
        var revoked = await connection.ExecuteAsync(new CommandDefinition(RevokeDevices, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return revoked;
    }
}

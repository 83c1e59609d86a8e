using CommandCenter.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>Assignments in PostgreSQL: each change is one transaction under the row's lock, with its steps and its row on the audit trail.</summary>
internal sealed class AssignmentStore(NpgsqlDataSource dataSource, AuditStore audit, TimeProvider time)
{
    private const string Columns = """
        id as Id, team as Team, alarm_id as AlarmId, worker_id as WorkerId, area_id as AreaId, state as State, note as Note, account_id as AccountId, sent_by as SentBy,
        sent_at as SentAt, answer_by as AnswerBy, changed_at as ChangedAt, steps as Steps
        """;

    private const string OfTeamSql = $"select {Columns} from assignments where team = @team order by worker_id";

    private const string OfAlarmSql = $"select {Columns} from assignments where alarm_id = @alarmId order by sent_at, worker_id limit @most";

    private const string FindSql = $"select {Columns} from assignments where id = @id";

    private const string LockSql = $"select {Columns} from assignments where id = @id for update";

    private const string OpenOfSql = $"select {Columns} from assignments where worker_id = @workerId and state <= 5";

    // As many as there are workers at most: each has one open assignment.
    private const string AlarmsUnderWaySql = "select distinct alarm_id from assignments where state <= 5";

    private const string OpenOfAlarmSql = $"select {Columns} from assignments where alarm_id = @alarmId and state <= 5 order by worker_id";

    private const string RefusedSql = "select distinct worker_id from assignments where alarm_id = @alarmId and state in (7, 8) and worker_id is not null";

    private const string LoadSql = "select worker_id, count(*)::int from assignments where sent_at > @since and state <= 6 group by worker_id";

    // Not those who declined, did not answer or were called back.
    private const string WasSentSql = "select exists (select 1 from assignments where alarm_id = @alarmId and worker_id = @workerId and state <= 6)";

    private const string StepsSql = """
        select assignment_id as AssignmentId, number as Number, state as State, at as At, by_name as ByName, implied as Implied, note as Note
        from assignment_steps where assignment_id = any(@ids) order by assignment_id, number
        """;

    private const string TakenSql = "select worker_id from assignments where state <= 5 and worker_id = any(@workerIds)";

    private const string AllTakenSql = "select worker_id from assignments where state <= 5";

    // Rows of one request in the order of their workers, so that two requests wait for each other and never lock.
    private const string InsertSql = """
        insert into assignments (id, team, alarm_id, worker_id, area_id, state, note, account_id, sent_by, sent_at, answer_by, changed_at, steps)
        values (@Id, @Team, @AlarmId, @WorkerId, @AreaId, @State, @Note, @AccountId, @SentBy, @SentAt, @AnswerBy, @ChangedAt, @Steps)
        on conflict (worker_id) where state <= 5 do nothing
        """;

    private const string InsertStepSql = """
        insert into assignment_steps (assignment_id, number, state, at, by_name, implied, note, told)
        values (@AssignmentId, @Number, @State, @At, @ByName, @Implied, @Note, false)
        """;

    private const string UpdateSql = "update assignments set state = @State, answer_by = @AnswerBy, changed_at = @ChangedAt, steps = @Steps where id = @Id";

    private const string DueSql = "select id from assignments where answer_by <= @now order by answer_by limit @most";

    private const string UntoldSql = """
        select a.id as Id, a.alarm_id as AlarmId, a.worker_id as WorkerId, s.number as Number, s.state as State, s.at as At, s.by_name as ByName, s.note as Note,
               not exists (select 1 from assignments o where o.alarm_id = a.alarm_id and o.state <= 5) as NobodyComes,
               (select b.state from assignment_steps b where b.assignment_id = s.assignment_id and b.number = s.number - 1) as Before
        from assignment_steps s join assignments a on a.id = s.assignment_id where not s.told order by s.at, s.assignment_id, s.number limit @most
        """;

    private const string ToldSql = "update assignment_steps set told = true where assignment_id = @id and number = @number";

    /// <summary>Of the open ones, those who are taken.</summary>
    public async Task<HashSet<int>> TakenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<int>(new CommandDefinition(AllTakenSql, cancellationToken: cancellationToken))];
    }

    /// <summary>How often workers went to alarms since then; offers that came to nothing do not count.</summary>
    public async Task<IReadOnlyDictionary<int, int>> LoadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(int WorkerId, int Count)>(new CommandDefinition(LoadSql, new { since }, cancellationToken: cancellationToken)))
            .ToDictionary(row => row.WorkerId, row => row.Count);
    }

    /// <summary>Who said no to this alarm, or nothing.</summary>
    public async Task<HashSet<int>> RefusedAsync(Guid alarmId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<int>(new CommandDefinition(RefusedSql, new { alarmId }, cancellationToken: cancellationToken))];
    }

    /// <summary>The worker is sent to the alarm, or was there.</summary>
    public async Task<bool> WasSentAsync(Guid alarmId, int workerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(WasSentSql, new { alarmId, workerId }, cancellationToken: cancellationToken));
    }

    /// <summary>Alarms to which somebody is under way.</summary>
    public async Task<IReadOnlyList<Guid>> AlarmsUnderWayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(AlarmsUnderWaySql, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<AssignmentRow>> OpenOfAlarmAsync(Guid alarmId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AssignmentRow>(new CommandDefinition(OpenOfAlarmSql, new { alarmId }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>At most one.</summary>
    public async Task<IReadOnlyList<AssignmentRow>> OpenOfAsync(int workerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AssignmentRow>(new CommandDefinition(OpenOfSql, new { workerId }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<AssignmentRow>> OfTeamAsync(Guid team, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AssignmentRow>(new CommandDefinition(OfTeamSql, new { team }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<IReadOnlyList<AssignmentRow>> OfAlarmAsync(Guid alarmId, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AssignmentRow>(new CommandDefinition(OfAlarmSql, new { alarmId, most }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<AssignmentRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AssignmentRow>(new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    public async Task<ILookup<Guid, AssignmentStepRow>> StepsOfAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AssignmentStepRow>(new CommandDefinition(StepsSql, new { ids }, cancellationToken: cancellationToken))).ToLookup(step => step.AssignmentId);
    }

    /// <summary>
    /// Sends all of them or nobody. The rows of an earlier request of the same id when there was one; null rows and the workers who are taken where somebody is.
    /// </summary>
    public async Task<(IReadOnlyList<AssignmentRow>? Rows, IReadOnlyList<int> Taken, bool WasThere)> SendAsync(
        Viewer viewer, Guid team, Guid alarmId, IReadOnlyList<(int WorkerId, int AreaId)> workers, string? note, TimeSpan answerWithin, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended(@team::text, 0))", new { team }, transaction, cancellationToken: cancellationToken));
        var before = (await connection.QueryAsync<AssignmentRow>(new CommandDefinition(OfTeamSql, new { team }, transaction, cancellationToken: cancellationToken))).AsList();
        if (before.Count > 0)
        {
            return (before, [], true);
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;
        var rows = workers.OrderBy(worker => worker.WorkerId).Select(worker => new AssignmentRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Team = team,
            AlarmId = alarmId,
            WorkerId = worker.WorkerId,
            AreaId = worker.AreaId,
            State = (short)AssignmentState.Dispatched,
            Note = note,
            AccountId = viewer.AccountId,
            SentBy = viewer.User,
            SentAt = now,
            AnswerBy = now + answerWithin,
            ChangedAt = now,
            Steps = 1,
        }).ToList();
        foreach (var row in rows)
        {
            if (await connection.ExecuteAsync(new CommandDefinition(InsertSql, row, transaction, cancellationToken: cancellationToken)) == 0)
            {
                await transaction.RollbackAsync(cancellationToken);
                var taken = await connection.QueryAsync<int>(new CommandDefinition(
                    TakenSql, new { workerIds = workers.Select(worker => worker.WorkerId).ToArray() }, cancellationToken: cancellationToken));
                return (null, taken.AsList() is { Count: > 0 } all ? all : [row.WorkerId], false);
            }

            await InsertStepAsync(connection, transaction, new AssignmentStepRow { AssignmentId = row.Id, Number = 1, State = row.State, At = now, ByName = viewer.User, Note = note }, cancellationToken);
        }

        await audit.WriteWithinAsync(
            connection, transaction, viewer, rows.Select(row => new AuditAct(AuditActions.SendWorker, row.AreaId, row.WorkerId, $"alarm {alarmId:D}")), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (rows, [], false);
    }

    /// <summary>Null: there is no such one. Otherwise how it stands now, and whether it could come to that.</summary>
    public async Task<(AssignmentRow Row, bool Could)?> SetAsync(
        Guid id, AssignmentState to, AssignmentActor actor, string? by, string? note, Viewer? viewer, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<AssignmentRow>(new CommandDefinition(LockSql, new { id }, transaction, cancellationToken: cancellationToken)) is not { } row)
        {
            return null;
        }

        if (row.WorkerId == 0)
        {
            return (row, false); // erased: nobody can go
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;
        if (actor == AssignmentActor.Clock && !(row.AnswerBy <= now))
        {
            return (row, false); // answered meanwhile
        }

        if (AssignmentRules.Steps((AssignmentState)row.State, to, actor) is not { } states)
        {
            return (row, false);
        }

        if (states.Count == 0)
        {
            return (row, true);
        }

        var changed = Changed(row, to, states.Count, now);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(UpdateSql, changed, transaction, cancellationToken: cancellationToken));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (row, false); // a late answer, and the worker was sent elsewhere meanwhile
        }

        for (var i = 0; i < states.Count; i++)
        {
            var isLast = i == states.Count - 1;
            await InsertStepAsync(
                connection,
                transaction,
                new AssignmentStepRow { AssignmentId = id, Number = row.Steps + 1 + i, State = (short)states[i], At = now, ByName = by, Implied = !isLast, Note = isLast ? note : null },
                cancellationToken);
        }

        if (viewer is not null)
        {
            await audit.WriteWithinAsync(
                connection, transaction, viewer, [new AuditAct(AuditActions.SetAssignment, row.AreaId, row.WorkerId, $"{to.Name()} of alarm {row.AlarmId:D}")], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (changed, true);
    }

    public async Task<IReadOnlyList<Guid>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(DueSql, new { now, most }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Steps that the alarms' ledgers have not been told.</summary>
    public async Task<IReadOnlyList<UntoldStep>> UntoldAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<UntoldStep>(new CommandDefinition(UntoldSql, new { most }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task ToldAsync(Guid id, int number, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(ToldSql, new { id, number }, cancellationToken: cancellationToken));
    }

    private static AssignmentRow Changed(AssignmentRow row, AssignmentState to, int steps, DateTime now) => new()
    {
        Id = row.Id,
        Team = row.Team,
        AlarmId = row.AlarmId,
        WorkerId = row.WorkerId,
        AreaId = row.AreaId,
        State = (short)to,
        Note = row.Note,
        AccountId = row.AccountId,
        SentBy = row.SentBy,
        SentAt = row.SentAt,
        AnswerBy = null,
        ChangedAt = now,
        Steps = row.Steps + steps,
    };

    private static Task InsertStepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AssignmentStepRow step, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(InsertStepSql, step, transaction, cancellationToken: cancellationToken));
}

/// <summary>A step that the alarm's ledger has not been told.</summary>
internal sealed class UntoldStep
{
    public Guid Id { get; init; }

    public Guid AlarmId { get; init; }

    public int WorkerId { get; init; }

    public int Number { get; init; }

    public short State { get; init; }

    public DateTime At { get; init; }

    public string? ByName { get; init; }

    public string? Note { get; init; }

    /// <summary>Nobody who was sent to the alarm is under way. Whoever was there before it was opened again does not come by that.</summary>
    public bool NobodyComes { get; init; }

    /// <summary>The state it came from; null for the first.</summary>
    public short? Before { get; init; }
}

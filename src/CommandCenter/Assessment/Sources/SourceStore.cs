using System.Runtime.CompilerServices;
using CommandCenter.Workers;
using Dapper;
using Npgsql;

namespace CommandCenter.Assessment.Sources;

/// <summary>Reads what is assessed out of PostgreSQL: a few statements for some hundred workers each.</summary>
internal sealed class SourceStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 300;

    // Who was there at any time of it and was not erased since; a code is never given to another person. Who was written down later was there if on duty: tracks are played in from before, too.
    private const string WorkersSql = """
        select w.id, w.code, w.home_area_id from workers w
        where (w.created_at < @ends or exists (select 1 from duty_periods d where d.worker_id = w.id and d.started_at < @ends and (d.ended_at is null or d.ended_at > @starts)))
              and (w.left_at is null or w.left_at >= @starts)
              and not exists (select 1 from track_erasures e where e.worker_id = w.id and e.until_ms >= @endsMs)
        order by w.id
        """;

    private const string DutySql = """
        select worker_id, started_at, ended_at from duty_periods
        where worker_id = any(@ids) and started_at < @ends and (ended_at is null or ended_at > @starts) order by worker_id, started_at
        """;

    private const string DaysSql = """
        select worker_id, day, fixes, moving_seconds + stopped_seconds, length_meters from track_days
        where worker_id = any(@ids) and day >= @from and day < @to
        """;

    // 2 accepted, 4 on scene, 6 cleared: AssignmentState.
    private const string AssignmentsSql = """
        select a.worker_id as WorkerId, a.id as Id, a.alarm_id as Alarm, coalesce(l.exercise, false) as Exercise, a.state as State, a.sent_at as SentAt,
               min(s.at) filter (where s.state = 2) as AcceptedAt, min(s.at) filter (where s.state = 4) as OnSceneAt, min(s.at) filter (where s.state = 6) as ClearedAt
        from assignments a
        left join alarms l on l.id = a.alarm_id
        left join assignment_steps s on s.assignment_id = a.id
        where a.worker_id = any(@ids) and a.sent_at >= @starts and a.sent_at < @ends
        group by a.id, l.exercise
        order by a.worker_id, a.sent_at desc, a.id
        """;

    private const string AcknowledgedSql = """
        (select min(e.at_ms) from alarm_ledger e where e.alarm_id = a.id and e.step = 'acknowledged')
        """;

    private static readonly string AlarmsSql = $"""
        select a.id as Id, a.kind as Kind, coalesce(a.place_area_id, a.home_area_id) as AreaId, a.exercise as Exercise, a.arrived_ms as ArrivedMs,
               coalesce({AcknowledgedSql}, a.acknowledged_ms) as AcknowledgedMs
        from alarms a where a.arrived_ms >= @startsMs and a.arrived_ms < @endsMs order by a.arrived_ms desc, a.id
        """;

    private const string SquaresSql = """
        select worker_id, day, credited_ms, body from coverage_worker_days
        where worker_id = any(@ids) and day >= @from and day < @to order by worker_id, day
        """;

    private const string TilesSql = "select day, tile_column, tile_row, body from coverage_tiles where day >= @from and day < @to order by day, tile_column, tile_row";

    private const string ExclusionsSql = """
        select case when subject_kind = @worker then worker_id end as WorkerId, area_id as AreaId, kind as Kind, from_day as "From", to_day as "To"
        from assessment_exclusions where withdrawn_at is null and from_day < @to and to_day > @from order by id
        """;

    public async Task<IReadOnlyList<AssessedWorker>> WorkersAsync(DateTimeOffset starts, DateTimeOffset ends, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Id, string Code, int Home)>(Command(
            WorkersSql, new { starts, ends, endsMs = ends.ToUnixTimeMilliseconds() }, cancellationToken));
        return [.. rows.Select(row => new AssessedWorker(row.Id, row.Code, row.Home))];
    }

    /// <summary>All about these workers but their squares.</summary>
    public async Task<Dictionary<int, WorkerFacts>> FactsAsync(IReadOnlyList<AssessedWorker> workers, SourceDays days, CancellationToken cancellationToken)
    {
        var facts = workers.ToDictionary(worker => worker.Id, worker => new WorkerFacts(worker));
        var arguments = new { ids = facts.Keys.ToArray(), starts = days.Starts, ends = days.Ends, from = days.From, to = days.To };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        foreach (var (id, started, ended) in await connection.QueryAsync<(int, DateTime, DateTime?)>(Command(DutySql, arguments, cancellationToken)))
        {
            facts[id].Duty.Add(new DutyPeriod(Ms(started), Ms(ended) ?? long.MaxValue));
        }

        foreach (var (id, day, fixes, seconds, meters) in await connection.QueryAsync<(int, DateOnly, int, float, float)>(Command(DaysSql, arguments, cancellationToken)))
        {
            facts[id].Days[day] = new TrackedDay(fixes, seconds, meters);
        }

        foreach (var row in await connection.QueryAsync<AssignmentRow>(Command(AssignmentsSql, arguments, cancellationToken)))
        {
            facts[row.WorkerId].Assignments.Add(new AssignmentRecord(
                row.Id, row.Alarm, row.Exercise, row.State, Ms(row.SentAt), Ms(row.AcceptedAt), Ms(row.OnSceneAt), Ms(row.ClearedAt)));
        }

        return facts;
    }

    /// <summary>By worker, then day.</summary>
    public async IAsyncEnumerable<(int WorkerId, DateOnly Day, long CreditedMs, byte[] Body)> SquaresAsync(
        int[] ids, SourceDays days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(SquaresSql, connection) { CommandTimeout = StatementSeconds };
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("from", days.From);
        command.Parameters.AddWithValue("to", days.To);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return (reader.GetInt32(0), reader.GetFieldValue<DateOnly>(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
        }
    }

    /// <summary>All workers' sums, by day.</summary>
    public async IAsyncEnumerable<(DateOnly Day, int Column, int Row, byte[] Body)> TilesAsync(SourceDays days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(TilesSql, connection) { CommandTimeout = StatementSeconds };
        command.Parameters.AddWithValue("from", days.From);
        command.Parameters.AddWithValue("to", days.To);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return (reader.GetFieldValue<DateOnly>(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3));
        }
    }

    public async Task<IReadOnlyList<AlarmRecord>> AlarmsAsync(SourceDays days, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, string Kind, int AreaId, bool Exercise, long ArrivedMs, long? AcknowledgedMs)>(Command(
            AlarmsSql, new { startsMs = days.Starts.ToUnixTimeMilliseconds(), endsMs = days.Ends.ToUnixTimeMilliseconds() }, cancellationToken));
        return [.. rows.Select(row => new AlarmRecord(row.Id, row.Kind, row.AreaId, row.Exercise, row.ArrivedMs, row.AcknowledgedMs))];
    }

    public async Task<IReadOnlyList<ExcludedDays>> ExclusionsAsync(SourceDays days, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int? WorkerId, int AreaId, string Kind, DateOnly From, DateOnly To)>(Command(
            ExclusionsSql, new { from = days.From, to = days.To, worker = (short)Scoring.SubjectKind.Worker }, cancellationToken));
        return [.. rows.Select(row => new ExcludedDays(row.WorkerId, row.AreaId, row.Kind, row.From, row.To))];
    }

    private static CommandDefinition Command(string sql, object arguments, CancellationToken cancellationToken) =>
        new(sql, arguments, commandTimeout: StatementSeconds, cancellationToken: cancellationToken);

    private static long Ms(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static long? Ms(DateTime? utc) => utc is { } known ? Ms(known) : null;

    private sealed class AssignmentRow
    {
        public int WorkerId { get; init; }

        public Guid Id { get; init; }

        public Guid Alarm { get; init; }

        public bool Exercise { get; init; }

        public short State { get; init; }

        public DateTime SentAt { get; init; }

        public DateTime? AcceptedAt { get; init; }

        public DateTime? OnSceneAt { get; init; }

        public DateTime? ClearedAt { get; init; }
    }
}

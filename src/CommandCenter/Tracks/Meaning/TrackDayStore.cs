using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>A day that is to be summed up; <paramref name="Marks"/> says what had been stored when it was taken.</summary>
public sealed record DueDay(int WorkerId, DateOnly Day, int Marks);

/// <summary>Workers' days in PostgreSQL. Each step is one transaction and may be repeated or cut off: what is not written is still due.</summary>
public sealed class TrackDayStore(NpgsqlDataSource dataSource)
{
    private const string TakeSql = """
        delete from track_days_due where ctid = any (array(select ctid from track_days_due limit @most for update skip locked))
        returning worker_id, hour_ms
        """;

    private const string MarkSql = """
        insert into track_days (worker_id, day, marks, due_since) select w, date '0001-01-01' + d, 1, @now from unnest(@workerIds, @days) as due (w, d) order by w, d
        on conflict (worker_id, day) do update set marks = track_days.marks + 1, due_since = coalesce(track_days.due_since, @now)
        """;

    private const string DueSql = """
        select worker_id, day - date '0001-01-01' as day, marks from track_days
        where due_since is not null and (due_since <= @refresh or (day < date '0001-01-01' + @running and due_since <= @now))
        order by due_since, worker_id, day limit @most
        """;

    // Days go to and fro as numbers from the first day of the calendar, DateOnly's own count.
    // Values that were never summed up are no summary to correct; nor are those of a day that still ran.
    private const string WriteSql = """
        update track_days set
            corrected_at = case
                when summed_at >= @settledAt and (fixes, dropped, first_ms, last_ms, length_meters, moving_seconds, top_speed_mps, trips, stops, stopped_seconds)
                    is distinct from (@Fixes, @Dropped, @FirstMs, @LastMs, @LengthMeters, @MovingSeconds, @TopSpeedMps, @Trips, @Stops, @StoppedSeconds)
                then @now else corrected_at end,
            due_since = case when marks = @marks then null else due_since end,
            summed_at = @now,
            fixes = @Fixes, dropped = @Dropped, first_ms = @FirstMs, last_ms = @LastMs, length_meters = @LengthMeters, moving_seconds = @MovingSeconds,
            top_speed_mps = @TopSpeedMps, trips = @Trips, stops = @Stops, stopped_seconds = @StoppedSeconds
        where worker_id = @workerId and day = date '0001-01-01' + @day and due_since is not null
        """;

    private const string PostponeSql = "update track_days set due_since = @later where worker_id = @workerId and day = date '0001-01-01' + @day and due_since is not null";

    /// <summary>Turns notes of stored hours into days that are due; both or neither. How many notes.</summary>
    public async Task<int> TakeAsync(int most, Func<IEnumerable<(int WorkerId, long HourMs)>, IEnumerable<WorkerDay>> daysOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var hours = (await connection.QueryAsync<(int WorkerId, long HourMs)>(new CommandDefinition(
            TakeSql, new { most }, transaction, cancellationToken: cancellationToken))).AsList();
        if (hours.Count > 0)
        {
            WorkerDay[] days = [.. daysOf(hours)];
            await connection.ExecuteAsync(new CommandDefinition(
                MarkSql,
                new { workerIds = days.Select(day => day.WorkerId).ToArray(), days = days.Select(day => day.Day.DayNumber).ToArray(), now },
                transaction,
                cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        return hours.Count;
    }

    /// <summary>Days before the running one, and running ones whose summary would be older than allowed.</summary>
    public async Task<List<DueDay>> DueAsync(DateOnly runningDay, DateTimeOffset refresh, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int WorkerId, int Day, int Marks)>(new CommandDefinition(
            DueSql, new { running = runningDay.DayNumber, refresh, now, most }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new DueDay(row.WorkerId, DateOnly.FromDayNumber(row.Day), row.Marks))];
    }

    /// <summary>Writes a day's summary. It stays due when more was stored since it was taken.</summary>
    public async Task WriteAsync(DueDay due, DaySum sum, DateTimeOffset settledAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            WriteSql,
            new
            {
                workerId = due.WorkerId,
                day = due.Day.DayNumber,
                marks = due.Marks,
                settledAt,
                now,
                sum.Fixes,
                sum.Dropped,
                sum.FirstMs,
                sum.LastMs,
                sum.LengthMeters,
                sum.MovingSeconds,
                sum.TopSpeedMps,
                sum.Trips,
                sum.Stops,
                sum.StoppedSeconds,
            },
            cancellationToken: cancellationToken));
    }

    /// <summary>A day that cannot be read must not hold up the others: it comes last again.</summary>
    public async Task PostponeAsync(DueDay due, DateTimeOffset later, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            PostponeSql, new { workerId = due.WorkerId, day = due.Day.DayNumber, later }, cancellationToken: cancellationToken));
    }
}

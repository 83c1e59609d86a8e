using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// A day that is to be summed up; <paramref name="Marks"/> says what had been stored when it was taken, and <paramref name="Since"/> with which row: one that an erasure
/// took away and later fixes brought back is another.
/// </summary>
public sealed record DueDay(int WorkerId, DateOnly Day, int Marks, DateTime Since);

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
        select worker_id, day - date '0001-01-01' as day, marks, due_since from track_days
        where due_since is not null and (due_since <= @refresh or (day < date '0001-01-01' + @running and due_since <= @now))
        order by due_since, worker_id, day limit @most
        """;

    // Days go to and fro as numbers from the first day of the calendar, DateOnly's own count.
    // Values that were never summed up are no summary to correct; nor are those of a day that still ran.
    private const string WriteSql = $"""
        update track_days set
            corrected_at = case
                when summed_at >= @settledAt and {Said} is distinct from {Says}
                then @now else corrected_at end,
            due_since = {DueStill},
            incomplete_since = case when raw_dropped_at is null and @damaged = 0 then incomplete_since else coalesce(incomplete_since, @now) end,
            summed_at = @now,
            fixes = @Fixes, dropped = @Dropped, first_ms = @FirstMs, last_ms = @LastMs, length_meters = @LengthMeters, moving_seconds = @MovingSeconds,
            top_speed_mps = @TopSpeedMps, trips = @Trips, stops = @Stops, stopped_seconds = @StoppedSeconds
        where {OfDue} and not {Kept} and not (summed_at is null and @Fixes = 0 and @damaged = 0)
        """;

    // Put back, as under a hold: what is read says exactly what the whole day said, and nothing ever came and went that it did not say.
    private const string BackSql = $"""
        update track_days set due_since = {DueStill}, raw_dropped_at = null, incomplete_since = null, summed_at = @now
        where {OfDue} and summed_at is not null and raw_dropped_at is not null and lost_since is null and @damaged = 0 and {Said} is not distinct from {Says}
        """;

    private const string Said = "(fixes, dropped, first_ms, last_ms, length_meters, moving_seconds, top_speed_mps, trips, stops, stopped_seconds)";

    private const string Says = "(@Fixes, @Dropped, @FirstMs, @LastMs, @LengthMeters, @MovingSeconds, @TopSpeedMps, @Trips, @Stops, @StoppedSeconds)";

    // What is read of a day whose track has gone is not the day: the summary of when it was whole stays.
    private const string KeepSql = $"""
        update track_days set due_since = {DueStill}, incomplete_since = coalesce(incomplete_since, @now) where {OfDue} and {Kept}
        """;

    // A note of what was erased, or set aside, since: there is no such day. One that retention emptied before it was summed up stays, so that a late fix is not all of it.
    private const string DropEmptySql = $"delete from track_days where {OfDue} and marks = @marks and summed_at is null and raw_dropped_at is null and @Fixes = 0 and @damaged = 0";

    private const string OfDue = "worker_id = @workerId and day = date '0001-01-01' + @day and due_since = @since";

    private const string DueStill = "case when marks = @marks then null else due_since end";

    /// <summary>
    /// SQL: retention has taken of the raw track since it was summed up, as is known or shows, since nothing else makes a stored day smaller; or all of it before.
    /// </summary>
    private const string Kept = "((summed_at is not null and (raw_dropped_at is not null or fixes > @Fixes)) or (summed_at is null and raw_dropped_at is not null and @Fixes = 0))";

    // A day that nobody has taken a note of yet gets its row here: what is summed up of it later is not all of it, and must not say so. Without a summary it is told to
    // nobody. What was not summed up yet, as a note or the row says, or as there is no note because it was not folded, may be lost with what goes.
    private const string DroppedSql = """
        with noted as (select distinct worker_id, hour_ms / 86400000 as utc_day from track_days_due where worker_id = any(@workerIds))
        insert into track_days (worker_id, day, marks, raw_dropped_at, lost_since) select w, date '0001-01-01' + d, 0, @now, @now from unnest(@workerIds, @days) as gone (w, d) order by w, d
        on conflict (worker_id, day) do update set
            raw_dropped_at = coalesce(track_days.raw_dropped_at, excluded.raw_dropped_at),
            lost_since = case
                when track_days.lost_since is null
                    and (@unfolded or track_days.summed_at is null or track_days.due_since is not null or track_days.incomplete_since is not null
                        or exists (select 1 from noted n where n.worker_id = track_days.worker_id and n.utc_day - (track_days.day - date '1970-01-01') between -1 and 1))
                then excluded.lost_since else track_days.lost_since end
        """;

    private const string ForgetSql = """
        delete from track_days where (worker_id, day) in (select w, date '0001-01-01' + d from unnest(@workerIds, @days) as gone (w, d))
        """;

    private const string NoteSql = "insert into track_days_due (worker_id, hour_ms) select @workerId, h from unnest(@hours) as h";

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
        var rows = await connection.QueryAsync<(int WorkerId, int Day, int Marks, DateTime Since)>(new CommandDefinition(
            DueSql, new { running = runningDay.DayNumber, refresh, now, most }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new DueDay(row.WorkerId, DateOnly.FromDayNumber(row.Day), row.Marks, row.Since))];
    }

    /// <summary>
    /// Writes a day's summary, unless the raw track that it would be of has gone since it was summed up: then what is kept stays and says that it lacks something, until all of
    /// it was put back. The day stays due when more was stored since it was taken.
    /// </summary>
    /// <param name="due">As it was taken.</param>
    /// <param name="sum">Of what could be read.</param>
    /// <param name="damaged">Stored stretches that could not: the summary says that it lacks something.</param>
    /// <param name="settledAt">From when on the day was over and all usual reports were there.</param>
    /// <param name="now">Of the writing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(DueDay due, DaySum sum, int damaged, DateTimeOffset settledAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var arguments = new
        {
            workerId = due.WorkerId,
            day = due.Day.DayNumber,
            marks = due.Marks,
            since = due.Since,
            damaged,
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
        };
        foreach (var sql in (string[])[DropEmptySql, BackSql, KeepSql, WriteSql])
        {
            if (await connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken)) > 0)
            {
                return;
            }
        }
    }

    /// <summary>Within the transaction that lets raw tracks of these days go: what is summed up stays from now on.</summary>
    /// <param name="connection">Of the transaction.</param>
    /// <param name="transaction">That deletes.</param>
    /// <param name="days">Of which something goes.</param>
    /// <param name="unfolded">Pieces: nobody has taken a note of them, so they may be in no summary.</param>
    /// <param name="now">Of the deletion.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task MarkDroppedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<WorkerDay> days, bool unfolded, DateTimeOffset now, CancellationToken cancellationToken) =>
        days.Count == 0
            ? Task.CompletedTask
            : connection.ExecuteAsync(new CommandDefinition(
                DroppedSql,
                new { workerIds = days.Select(day => day.WorkerId).ToArray(), days = days.Select(day => day.Day.DayNumber).ToArray(), unfolded, now },
                transaction,
                cancellationToken: cancellationToken));

    /// <summary>
    /// Within the transaction that erases tracks of these hours of a worker: their days' summaries go with them, and are made anew of what is left, if anything is.
    /// How many summaries.
    /// </summary>
    public static async Task<int> ForgetAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int workerId, long[] hours, IReadOnlyCollection<WorkerDay> days, CancellationToken cancellationToken)
    {
        if (hours.Length == 0)
        {
            return 0;
        }

        var gone = await connection.ExecuteAsync(new CommandDefinition(ForgetSql, new { workerIds = days.Select(day => day.WorkerId).ToArray(), days = days.Select(day => day.Day.DayNumber).ToArray() }, transaction, cancellationToken: cancellationToken));
        await NoteAsync(connection, transaction, workerId, hours, cancellationToken);
        return gone;
    }

    /// <summary>Notes that the days of these hours are to be summed up.</summary>
    public static Task NoteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int workerId, long[] hours, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(NoteSql, new { workerId, hours }, transaction, cancellationToken: cancellationToken));

    /// <summary>A day that cannot be read must not hold up the others: it comes last again.</summary>
    public async Task PostponeAsync(DueDay due, DateTimeOffset later, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            PostponeSql, new { workerId = due.WorkerId, day = due.Day.DayNumber, later }, cancellationToken: cancellationToken));
    }
}

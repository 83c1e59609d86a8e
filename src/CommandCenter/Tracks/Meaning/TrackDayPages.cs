using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Meaning;

/// <summary>Kept summaries of days, by worker and day, a page at a time.</summary>
internal sealed class TrackDayPages(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select d.worker_id as WorkerId, w.code as Worker, w.name as Name, w.home_area_id as HomeAreaId, d.day - date '0001-01-01' as DayNumber, d.fixes as Fixes,
               d.dropped as Dropped, d.first_ms as FirstMs, d.last_ms as LastMs, d.length_meters as LengthMeters, d.moving_seconds as MovingSeconds,
               d.top_speed_mps as TopSpeedMps, d.trips as Trips, d.stops as Stops, d.stopped_seconds as StoppedSeconds, d.summed_at as SummedAt,
               d.corrected_at as CorrectedAt, d.due_since is not null as Due, d.incomplete_since is null as Complete
        from track_days d join workers w on w.id = d.worker_id
        """;

    private const string Page = """
         and d.day between date '0001-01-01' + @from and date '0001-01-01' + @to and d.summed_at is not null
          and (d.worker_id, d.day) > (@afterWorker, date '0001-01-01' + @afterDay)
        order by d.worker_id, d.day limit @limit
        """;

    private const string OfWorkersSql = Columns + " where d.worker_id = any(@ids)" + Page;

    // By where they are at home now, or were when they left, as everywhere: the day tells no place.
    private const string OfAreasSql = Columns + " where w.home_area_id = any(@ids)" + Page;

    /// <param name="ids">Of workers or, with <paramref name="areas"/>, of their home areas.</param>
    /// <param name="areas">What the ids are.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, which is among them.</param>
    /// <param name="after">The last of the page before.</param>
    /// <param name="limit">Rows at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<TrackDayRow>> ReadAsync(
        int[] ids, bool areas, DateOnly from, DateOnly to, WorkerDay after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<TrackDayRow>(new CommandDefinition(
            areas ? OfAreasSql : OfWorkersSql,
            new { ids, from = from.DayNumber, to = to.DayNumber, afterWorker = after.WorkerId, afterDay = after.Day.DayNumber, limit },
            commandTimeout: 60,
            cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>A day as it is stored, and whose it is.</summary>
internal sealed class TrackDayRow
{
    public int WorkerId { get; init; }

    public string Worker { get; init; } = "";

    public string Name { get; init; } = "";

    public int HomeAreaId { get; init; }

    public int DayNumber { get; init; }

    public int Fixes { get; init; }

    public int Dropped { get; init; }

    public long? FirstMs { get; init; }

    public long? LastMs { get; init; }

    public float LengthMeters { get; init; }

    public float MovingSeconds { get; init; }

    public float TopSpeedMps { get; init; }

    public int Trips { get; init; }

    public int Stops { get; init; }

    public float StoppedSeconds { get; init; }

    public DateTime SummedAt { get; init; }

    public DateTime? CorrectedAt { get; init; }

    public bool Due { get; init; }

    public bool Complete { get; init; }

    public DateOnly Day => DateOnly.FromDayNumber(DayNumber);
}

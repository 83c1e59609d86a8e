using Dapper;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>Runs as they are asked for, listed, cancelled and let go. What changes while one runs is written by <see cref="JobLock"/>.</summary>
internal sealed class JobRunStore(NpgsqlDataSource dataSource)
{
    internal const string Columns = """
        id as Id, job as Job, window_from as WindowFrom, window_to as WindowTo, due_at as DueAt, asked_by as AskedBy, asked_at as AskedAt, retry_of as RetryOf,
        state as State, attempts as Attempts, done as Done, total as Total, started_at as StartedAt, ended_at as EndedAt, node as Node, error as Error,
        result as Result, counts::text as Counts
        """;

    private const string InsertSql = """
        insert into job_runs (job, window_from, window_to, asked_by, asked_at, retry_of, state)
        values (@job, @from, @to, @askedBy, @now, @retryOf, 0)
        on conflict (job, window_from, window_to) where state = 0 do nothing
        returning id
        """;

    private const string QueuedSql = "select id from job_runs where job = @job and window_from = @from and window_to = @to and state = 0";

    private const string FindSql = $"select {Columns} from job_runs where id = @id";

    private const string PageSql = $"select {Columns} from job_runs where job = @job and id < @before order by id desc limit @limit";

    private const string OpenSql = $"select {Columns} from job_runs where state <= 1 order by id limit @limit";

    private const string LastSql = $"""
        select {Columns} from unnest(@jobs) as j (name)
        cross join lateral (select * from job_runs where job = j.name and state > 1 order by id desc limit 1) r
        """;

    private const string CancelSql = """
        update job_runs set cancel_asked = true, state = case when state = 0 then 4 else state end, ended_at = case when state = 0 then @now end
        where id = @id and state <= 1
        returning state
        """;

    private const string OverdueSql = """
        select job as Job, min(due_at) as DueAt from job_runs r
        where due_at is not null and due_at > @since and state in (0, 1, 3)
            and not exists (select from job_runs o where o.job = r.job and o.id > r.id and o.state = 2 and o.window_from <= r.window_from and o.window_to >= r.window_to)
        group by job
        """;

    private const string PruneSql = """
        delete from job_runs where id = any (array(
            select id from (
                select id, ended_at, state, row_number() over (partition by job order by id desc) as newer from job_runs) r
            where state > 1 and (ended_at < @before or newer > @most)
            limit 10000))
        """;

    /// <summary>A queued run of the window, and whether it is new: one is enough, since it reads everything when it begins.</summary>
    public async Task<(long Id, bool Added)> AddAsync(string job, DateOnly from, DateOnly to, string askedBy, long? retryOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        while (true)
        {
            var arguments = new { job, from, to, askedBy, retryOf, now };
            if (await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(InsertSql, arguments, cancellationToken: cancellationToken)) is { } id)
            {
                return (id, true);
            }

            // Taken up between the two statements: then ours is asked for once more.
            if (await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(QueuedSql, arguments, cancellationToken: cancellationToken)) is { } queued)
            {
                return (queued, false);
            }
        }
    }

    public async Task<JobRun?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await ReadAsync(FindSql, new { id }, cancellationToken)).SingleOrDefault();

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<JobRun>> PageAsync(string job, long before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(PageSql, new { job, before, limit }, cancellationToken);

    /// <summary>Queued and running, of all jobs.</summary>
    public Task<IReadOnlyList<JobRun>> OpenAsync(int limit, CancellationToken cancellationToken) => ReadAsync(OpenSql, new { limit }, cancellationToken);

    /// <summary>The newest run of each job that has ended.</summary>
    public Task<IReadOnlyList<JobRun>> LastAsync(string[] jobs, CancellationToken cancellationToken) => ReadAsync(LastSql, new { jobs }, cancellationToken);

    /// <summary>The state then: a queued run is cancelled at once, a running one within some seconds. Null: it has ended, or there is none.</summary>
    public async Task<JobRunState?> CancelAsync(long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (JobRunState?)await connection.QuerySingleOrDefaultAsync<short?>(new CommandDefinition(CancelSql, new { id, now }, cancellationToken: cancellationToken));
    }

    /// <summary>By job: when the oldest window fell due that is neither done nor was cancelled.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> OverdueAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Job, DateTime DueAt)>(new CommandDefinition(OverdueSql, new { since }, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Job, row => new DateTimeOffset(row.DueAt, TimeSpan.Zero), StringComparer.Ordinal);
    }

    /// <summary>How many ended runs went; called again while it is many.</summary>
    public async Task<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(PruneSql, new { before, most }, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<JobRun>> ReadAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<JobRun>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))).AsList();
    }
}

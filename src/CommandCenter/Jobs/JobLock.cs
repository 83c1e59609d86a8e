using System.Data;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>
/// The right to run one job, on one node at a time: a lock that PostgreSQL holds as long as this connection lives, however the node ends. Everything a run writes about
/// itself goes over the same connection, so that a node which lost the lock cannot write, and notices within a second.
/// </summary>
internal sealed class JobLock : IAsyncDisposable
{
    private const int CommandSeconds = 5;

    // A node that vanished from the network is given up after 25 s, not after hours. Undone when the connection goes back to its pool.
    private const string ProbeSql = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    private const string TakeSql = "select pg_try_advisory_lock(hashtextextended('commandcenter.job.' || @job, 0))";

    private const string FreeSql = "select pg_advisory_unlock(hashtextextended('commandcenter.job.' || @job, 0))";

    // What was begun before goes on before what is queued.
    private const string ClaimSql = $"""
        update job_runs set state = 1, attempts = attempts + 1, node = @node, started_at = @now, done = 0, total = 0
        where id = (select id from job_runs where job = @job and state <= 1 order by state desc, id limit 1) and state <= 1
        returning {JobRunStore.Columns}
        """;

    private const string ProgressSql = "update job_runs set done = @done, total = @total where id = @id and attempts = @attempts and state = 1 returning cancel_asked";

    private const string EndSql = """
        update job_runs set state = @state, ended_at = @now, done = @done, total = @total, error = @error, result = @result, counts = @counts::jsonb
        where id = @id and attempts = @attempts and state = 1
        """;

    private const string LeaveSql = "update job_runs set node = null, attempts = attempts - 1 where id = @id and attempts = @attempts and state = 1";

    private readonly NpgsqlConnection _connection;
    private readonly string _job;

    private JobLock(NpgsqlConnection connection, string job)
    {
        _connection = connection;
        _job = job;
    }

    // A closed connection would be opened anew by the next statement, without the lock.
    private NpgsqlConnection Held => _connection.State is ConnectionState.Open ? _connection : throw new InvalidOperationException("The lock of the job is lost.");

    /// <summary>Null: another node runs the job.</summary>
    public static async Task<JobLock?> TryTakeAsync(NpgsqlDataSource dataSource, string job, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(ProbeSql, cancellationToken: cancellationToken));
            if (await connection.QuerySingleAsync<bool>(new CommandDefinition(TakeSql, new { job }, cancellationToken: cancellationToken)))
            {
                var taken = connection;
                connection = null;
                return new JobLock(taken, job);
            }

            return null;
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>The next run, begun; null: there is none.</summary>
    public Task<JobRun?> ClaimAsync(string node, DateTimeOffset now, CancellationToken cancellationToken) =>
        Held.QuerySingleOrDefaultAsync<JobRun?>(new CommandDefinition(ClaimSql, new { job = _job, node, now }, commandTimeout: CommandSeconds, cancellationToken: cancellationToken));

    /// <summary>Whether somebody asked to cancel it; null: it is no longer ours to run.</summary>
    public Task<bool?> WriteProgressAsync(JobRun run, JobProgress progress, CancellationToken cancellationToken) =>
        Held.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(
            ProgressSql, new { done = progress.Done, total = progress.Total, run.Id, run.Attempts }, commandTimeout: CommandSeconds, cancellationToken: cancellationToken));

    public Task EndAsync(JobRun run, JobRunState state, JobProgress progress, string? error, JobOutcome? outcome, DateTimeOffset now) =>
        Held.ExecuteAsync(new CommandDefinition(
            EndSql,
            new
            {
                run.Id,
                run.Attempts,
                state = (short)state,
                done = progress.Done,
                total = progress.Total,
                error,
                result = outcome is { Text.Length: > 1_000 } ? outcome.Text[..1_000] : outcome?.Text,
                counts = outcome?.Counts is { } counts ? JsonSerializer.Serialize(counts.Take(40).ToDictionary()) : null,
                now,
            },
            commandTimeout: CommandSeconds));

    /// <summary>The node stops: whoever comes next begins the run again at once, and it does not count as an attempt.</summary>
    public Task LeaveAsync(JobRun run) => Held.ExecuteAsync(new CommandDefinition(LeaveSql, new { run.Id, run.Attempts }, commandTimeout: CommandSeconds));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Held.ExecuteAsync(new CommandDefinition(FreeSql, new { job = _job }, commandTimeout: CommandSeconds));
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // Broken: PostgreSQL has let it go by itself.
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }
}

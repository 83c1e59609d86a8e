using CommandCenter.Storage;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>
/// Looks about, on every node: wakes jobs with runs that nobody does (their node died, or could not reach the scheduler when they were asked for) and those whose moment
/// passed while all nodes were down, tells which are late, and lets old runs go.
/// </summary>
internal sealed partial class JobLook(
    JobList jobs,
    JobRunStore store,
    JobScheduler scheduler,
    JobLateness lateness,
    SchemaMigrations schema,
    NpgsqlDataSource dataSource,
    JobMetrics metrics,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<JobLook> logger) : BackgroundService
{
    // Free at this moment: nobody runs it. The lock goes back as the statement ends.
    private const string LeftSql = """
        select job from (select distinct job from job_runs where state <= 1 and job = any(@jobs)) j
        where pg_try_advisory_xact_lock(hashtextextended('commandcenter.job.' || job, 0))
        """;

    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(1);

    private readonly HashSet<string> _late = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled || jobs.All.Count == 0)
        {
            return;
        }

        await schema.WhenAppliedAsync(stoppingToken);
        var pruned = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var late = await lateness.OfAllAsync(stoppingToken);
                TellLate(late);
                await WakeAsync(late.Where(job => job.Unplanned).Select(job => job.Plan.Name), stoppingToken);
                if (pruned == long.MinValue || time.GetElapsedTime(pruned) >= BetweenPrunings)
                {
                    await PruneAsync(stoppingToken);
                    pruned = time.GetTimestamp();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                metrics.Interrupted("look");
                LogInterrupted(e.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(options.Value.LookSeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WakeAsync(IEnumerable<string> unplanned, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var names = jobs.All.Select(job => job.Plan.Name).ToArray();
        var left = await connection.QueryAsync<string>(new CommandDefinition(LeftSql, new { jobs = names }, cancellationToken: cancellationToken));
        foreach (var job in left.Union(unplanned, StringComparer.Ordinal))
        {
            await scheduler.WakeAsync(job, cancellationToken);
        }
    }

    private void TellLate(IEnumerable<JobLate> jobs)
    {
        foreach (var (plan, late, _) in jobs)
        {
            metrics.Late(plan.Name, late);
            if (late <= plan.Lateness)
            {
                _late.Remove(plan.Name);
            }
            else if (_late.Add(plan.Name))
            {
                LogLate(plan.Name, late.TotalSeconds);
            }
        }
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        while (await store.PruneAsync(time.GetUtcNow().AddDays(-options.Value.KeepDays), options.Value.KeepRuns, cancellationToken) > 0)
        {
            // Until nothing is left to let go.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Name} is late: a window has waited for {Seconds:F0} s")]
    private partial void LogLate(string name, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking after background jobs is held up: {Error}")]
    private partial void LogInterrupted(string error);
}

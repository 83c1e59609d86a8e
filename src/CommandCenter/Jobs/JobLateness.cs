using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>How long windows that fell due have waited: those that were not even queued, because no scheduler ran, as well as those that failed.</summary>
internal sealed class JobLateness(JobList jobs, JobRunStore store, NpgsqlDataSource dataSource, IOptions<CenterOptions> center, TimeProvider time)
{
    /// <summary>A window that failed longer ago is nobody's alarm any more.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(100);

    private const string PlannedSql = "select job, cron, window_rule, planned_to from job_timings";

    public async Task<IReadOnlyList<(JobPlan Plan, TimeSpan Late)>> OfAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var overdue = await store.OverdueAsync(now - Forgotten, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var planned = (await connection.QueryAsync<(string Job, string Cron, string Rule, DateTime To)>(new CommandDefinition(PlannedSql, cancellationToken: cancellationToken)))
            .ToDictionary(row => (row.Job, row.Cron, row.Rule), row => new DateTimeOffset(row.To, TimeSpan.Zero));
        return [.. jobs.All.Select(job => (job.Plan, LateOf(job.Plan)))];

        TimeSpan LateOf(JobPlan plan)
        {
            var moments = plan.Timings
                .Where(timing => planned.ContainsKey(KeyOf(plan, timing)))
                .Select(timing => JobDueRules.Next(timing.Schedule, planned[KeyOf(plan, timing)], center.Value.Zone) ?? now)
                .Append(overdue.GetValueOrDefault(plan.Name, now));
            var oldest = moments.Min();
            return oldest < now ? now - oldest : TimeSpan.Zero;
        }
    }

    private static (string Job, string Cron, string Rule) KeyOf(JobPlan plan, JobTiming timing) => (plan.Name, timing.Schedule.Cron, JobWords.Of(timing.Window));
}

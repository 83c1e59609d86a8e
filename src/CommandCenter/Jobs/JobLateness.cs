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

    public async Task<IReadOnlyList<JobLate>> OfAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var overdue = await store.OverdueAsync(now - Forgotten, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var planned = (await connection.QueryAsync<(string Job, string Cron, string Rule, DateTime To)>(new CommandDefinition(PlannedSql, cancellationToken: cancellationToken)))
            .ToDictionary(row => (row.Job, row.Cron, row.Rule), row => new DateTimeOffset(row.To, TimeSpan.Zero));
        return [.. jobs.All.Select(job => LateOf(job.Plan))];

        JobLate LateOf(JobPlan plan)
        {
            var unplanned = plan.Timings.Min(timing => planned.TryGetValue((plan.Name, timing.Schedule.Cron, JobWords.Of(timing.Window)), out var to)
                ? JobDueRules.Next(timing.Schedule, to, center.Value.Zone)
                : now) ?? DateTimeOffset.MaxValue;
            var oldest = overdue.TryGetValue(plan.Name, out var due) && due < unplanned ? due : unplanned;
            return new JobLate(plan, oldest < now ? now - oldest : TimeSpan.Zero, unplanned <= now);
        }
    }
}

/// <param name="Plan">The job's.</param>
/// <param name="Late">How long the oldest window that fell due and is not done has waited.</param>
/// <param name="Unplanned">A schedule is new, or has fallen due and nobody has queued its windows yet.</param>
internal sealed record JobLate(JobPlan Plan, TimeSpan Late, bool Unplanned);

using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Jobs;

/// <summary>
/// Turns what fell due since it last looked into queued runs. The scheduler only says when to look: which windows are due stands in the database, so that a moment which
/// fires twice asks once, and those that passed while every node was down are made up for.
/// </summary>
internal sealed class JobPlanner(NpgsqlDataSource dataSource, IOptions<CenterOptions> center, TimeProvider time)
{
    // A schedule that is new has nothing to make up for.
    private const string BeginSql = "insert into job_timings (job, cron, window_rule, planned_to) values (@job, @cron, @rule, @now) on conflict do nothing";

    private const string LockSql = "select planned_to from job_timings where job = @job and cron = @cron and window_rule = @rule for update";

    private const string InsertSql = """
        insert into job_runs (job, window_from, window_to, due_at, asked_at, state) values (@job, @from, @to, @dueAt, @now, 0)
        on conflict (job, window_from, window_to) where state = 0 do update set due_at = coalesce(job_runs.due_at, excluded.due_at)
        """;

    private const string DoneSql = "update job_timings set planned_to = @now where job = @job and cron = @cron and window_rule = @rule";

    public async Task PlanAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        foreach (var timing in plan.Timings)
        {
            await PlanAsync(plan.Name, timing, cancellationToken);
        }
    }

    private async Task PlanAsync(string job, JobTiming timing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = new { job, cron = timing.Schedule.Cron, rule = JobWords.Of(timing.Window), now };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(BeginSql, key, transaction, cancellationToken: cancellationToken));
        var planned = await connection.QuerySingleAsync<DateTime>(new CommandDefinition(LockSql, key, transaction, cancellationToken: cancellationToken));
        var due = JobDueRules.Between(timing, new DateTimeOffset(planned, TimeSpan.Zero), now, center.Value);
        if (due.Count > 0)
        {
            foreach (var window in due)
            {
                var arguments = new { job, from = window.From, to = window.To, dueAt = window.DueAt, now };
                await connection.ExecuteAsync(new CommandDefinition(InsertSql, arguments, transaction, cancellationToken: cancellationToken));
            }

            await connection.ExecuteAsync(new CommandDefinition(DoneSql, key, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }
}

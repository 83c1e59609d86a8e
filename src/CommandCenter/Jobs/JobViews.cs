using System.Globalization;
using System.Text.Json;
using CommandCenter.Contracts.Jobs;

namespace CommandCenter.Jobs;

/// <summary>Runs and jobs as administrators see them. Pure.</summary>
internal static class JobViews
{
    public static JobRunInfo Of(JobRun run, DateTimeOffset now)
    {
        var started = Utc(run.StartedAt);
        var ended = Utc(run.EndedAt);
        var seconds = started is { } begun ? Math.Max(0, ((ended ?? now) - begun).TotalSeconds) : (double?)null;
        var running = run.State is JobRunState.Running;
        var rate = running && run.Done > 0 && seconds > 0 ? run.Done / seconds : null;
        return new JobRunInfo(
            run.Id,
            run.Job,
            Day(run.WindowFrom),
            Day(run.WindowTo),
            JobWords.Of(run.State),
            Utc(run.DueAt),
            run.AskedBy,
            Utc(run.AskedAt)!.Value,
            started,
            ended,
            seconds,
            run.Attempts,
            run.Node,
            ProgressOf(run),
            run.Done,
            run.Total,
            rate,
            rate is { } speed && run.Total > 0 ? Math.Max(0, run.Total - run.Done) / speed : null,
            run.Error,
            run.Result,
            run.Counts is { } counts ? JsonSerializer.Deserialize<Dictionary<string, long>>(counts) : null,
            run.RetryOf);
    }

    public static JobInfo Of(JobPlan plan, TimeZoneInfo zone, IReadOnlyList<JobRun> open, JobRun? last, TimeSpan late, DateTimeOffset now)
    {
        var schedules = plan.Timings.Select(timing => new JobScheduleInfo(timing.Schedule.Cron, JobWords.Of(timing.Window), JobDueRules.Next(timing.Schedule, now, zone))).ToList();
        var running = open.FirstOrDefault(run => run.Job == plan.Name && run.State is JobRunState.Running);
        return new JobInfo(
            plan.Name,
            zone.Id,
            schedules,
            schedules.Min(schedule => schedule.Next),
            plan.MostDays,
            plan.Lateness.TotalSeconds,
            late.TotalSeconds,
            late > plan.Lateness,
            open.Count(run => run.Job == plan.Name && run.State is JobRunState.Queued),
            running is null ? null : Of(running, now),
            last is null ? null : Of(last, now));
    }

    private static double? ProgressOf(JobRun run) => run switch
    {
        { State: JobRunState.Succeeded } => 1,
        { State: JobRunState.Queued } => 0,
        { Total: > 0 } => Math.Clamp((double)run.Done / run.Total, 0, 1),
        _ => null,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Utc(DateTime? at) => at is { } moment ? new DateTimeOffset(moment, TimeSpan.Zero) : null;
}

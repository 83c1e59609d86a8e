using CommandCenter.Web;
using Quartz;

namespace CommandCenter.Jobs;

/// <summary>A window that fell due.</summary>
internal sealed record DueWindow(DateTimeOffset DueAt, DateOnly From, DateOnly To);

/// <summary>When schedules fall due, and for which windows. Pure; reads cron expressions as the scheduler does.</summary>
internal static class JobDueRules
{
    /// <summary>Windows that are made up for after the center was down; of more, the newest.</summary>
    public const int MostMissed = 100;

    /// <summary>More than a schedule of every minute has in <see cref="MostMissed"/> days.</summary>
    private const int MostSteps = 200_000;

    public static CronExpression Cron(JobSchedule schedule, TimeZoneInfo zone) => new(schedule.Cron, zone);

    public static DateTimeOffset? Next(JobSchedule schedule, DateTimeOffset after, TimeZoneInfo zone) => Cron(schedule, zone).GetNextValidTimeAfter(after)?.ToUniversalTime();

    /// <summary>Each window once, with the last moment at which it fell due; oldest first.</summary>
    /// <param name="timing">The schedule and its windows.</param>
    /// <param name="after">Exclusive.</param>
    /// <param name="until">Inclusive.</param>
    /// <param name="center">In whose zone both are meant.</param>
    public static IReadOnlyList<DueWindow> Between(JobTiming timing, DateTimeOffset after, DateTimeOffset until, CenterOptions center)
    {
        var cron = Cron(timing.Schedule, center.Zone);
        var earliest = until.AddDays(timing.Window is JobWindowRule.Today or JobWindowRule.Yesterday ? -MostMissed : -4 * 366);
        var at = after < earliest ? earliest : after;
        var due = new Dictionary<DateOnly, DueWindow>();
        for (var step = 0; step < MostSteps && cron.GetNextValidTimeAfter(at) is { } next && next <= until; step++)
        {
            var (from, to) = JobWindowRules.Of(timing.Window, JobWindow.DayOf(next, center));
            due[from] = new DueWindow(next.ToUniversalTime(), from, to);
            at = next;
        }

        return [.. due.Values.OrderBy(window => window.From).TakeLast(MostMissed)];
    }
}

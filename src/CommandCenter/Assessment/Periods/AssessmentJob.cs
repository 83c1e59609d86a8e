using CommandCenter.Jobs;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Periods;

/// <summary>Every week, month and quarter that a window touches, months before the quarters that are made of them; by itself every half hour for what runs, and when a period is over.</summary>
internal sealed class AssessmentJob(PeriodReckoner reckoner, LatePeriods late, IOptions<CenterOptions> center, TimeProvider time) : IWindowJob
{
    public const string Name = "assessment";

    /// <summary>Periods are closed after the nightly coverage, so that their last day is complete.</summary>
    public static readonly JobPlan Plan = new(
        Name,
        [
            new JobTiming(JobSchedule.Weekly(DayOfWeek.Monday, new TimeOnly(4, 0)), JobWindowRule.LastWeek),
            new JobTiming(JobSchedule.Monthly(1, new TimeOnly(4, 10)), JobWindowRule.LastMonth),
            new JobTiming(JobSchedule.Quarterly(1, new TimeOnly(4, 20)), JobWindowRule.LastQuarter),
            new JobTiming(JobSchedule.Daily(new TimeOnly(4, 30)), JobWindowRule.Yesterday),
            new JobTiming(JobSchedule.EveryMinutes(30), JobWindowRule.Today),
        ],
        Lateness: TimeSpan.FromHours(4));

    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        var today = JobWindow.DayOf(time.GetUtcNow(), center.Value);
        var periods = await PeriodsAsync(window, today, cancellationToken);
        progress.Of(periods.Count);
        var counts = Enum.GetValues<Reckoned>().ToDictionary(what => what, _ => 0L);
        var scores = 0L;
        foreach (var period in periods)
        {
            var (what, rows) = await reckoner.ReckonAsync(period, cancellationToken);
            counts[what]++;
            scores += rows;
            progress.Add();
        }

        return new JobOutcome(
            $"{periods.Count} periods: {counts[Reckoned.Provisional]} provisional, {counts[Reckoned.Closed]} closed, {counts[Reckoned.NewVersion]} in a new version, {counts[Reckoned.Same]} as they were, "
                + $"{counts[Reckoned.SourcesGone]} whose sources were let go",
            new Dictionary<string, long>
            {
                ["periods"] = periods.Count,
                ["scores"] = scores,
                ["provisional"] = counts[Reckoned.Provisional],
                ["closed"] = counts[Reckoned.Closed],
                ["newVersions"] = counts[Reckoned.NewVersion],
                ["same"] = counts[Reckoned.Same],
                ["sourcesGone"] = counts[Reckoned.SourcesGone],
            });
    }

    /// <summary>Those of the window, and closed ones under which days of coverage were corrected since; a quarter's months before it.</summary>
    private async Task<IReadOnlyList<Period>> PeriodsAsync(JobWindow window, DateOnly today, CancellationToken cancellationToken)
    {
        var periods = PeriodRules.Touched(window.From, window.To, today).ToHashSet();
        foreach (var day in await late.DaysAsync(today, cancellationToken))
        {
            periods.UnionWith(PeriodRules.Touched(day, day.AddDays(1), today));
        }

        foreach (var quarter in periods.Where(period => period.Kind == PeriodKind.Quarter).ToList())
        {
            foreach (var month in PeriodRules.MonthsOf(quarter).Where(month => month.Starts <= today))
            {
                if (!await late.IsThereAsync(month, closed: today >= month.Ends, cancellationToken))
                {
                    periods.Add(month);
                }
            }
        }

        return [.. periods.OrderBy(period => period.Kind).ThenBy(period => period.Starts)];
    }
}

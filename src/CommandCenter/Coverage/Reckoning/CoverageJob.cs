using System.Globalization;
using CommandCenter.Coverage.Ground;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>
/// Reckons what was walked on the days of a window. Where the window reaches to now, older days that late fixes or an erasure touched are looked at, too. Only what
/// changed is reckoned, so that it may run every few minutes.
/// </summary>
internal sealed class CoverageJob(
    ReckonStore store,
    TrackPartStore parts,
    DaySums sums,
    CoverageLook look,
    INewestFixes log,
    CenterPlane plane,
    IOptions<CoverageOptions> options,
    IOptions<TrackMeaningOptions> meaning,
    IOptions<CenterOptions> center,
    TimeProvider time) : IWindowJob
{
    public const string Name = "coverage";

    /// <summary>Touched days that one run takes up; the next goes on.</summary>
    private const int MostTouched = 100;

    public static JobPlan Plan => new(
        Name,
        [
            new JobTiming(JobSchedule.EveryMinutes(5), JobWindowRule.Today),
            new JobTiming(JobSchedule.Daily(new TimeOnly(2, 30)), JobWindowRule.Yesterday),
        ],
        Lateness: TimeSpan.FromHours(1));

    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        if (plane.Current is not { } zone)
        {
            return new JobOutcome("No area has a polygon yet, so there is no ground to cover.");
        }

        var now = time.GetUtcNow();
        var touched = window.Ends > now ? await look.DueAsync(window.From, MostTouched, now, cancellationToken) : [];
        List<DateOnly> days = [.. touched.Select(due => due.Day), .. window.Days.Where(day => SpanOf(day).FromMs <= now.ToUnixTimeMilliseconds())];
        if (days.Count == 0)
        {
            return new JobOutcome("None of these days has begun.");
        }

        progress.Of(days.Count * (long)DayReckoner.DayProgress);
        var since = touched.ToDictionary(due => due.Day, due => due.Since);
        var newest = await NewestAsync(days, cancellationToken);
        var reckoner = new DayReckoner(store, parts, sums, zone, options.Value, meaning.Value, time);
        var (workers, reckoned, damaged, corrected) = (0, 0, 0, 0);
        foreach (var day in days)
        {
            var outcome = await reckoner.ReckonAsync(SpanOf(day), newest, progress, cancellationToken);
            workers += outcome.Workers;
            reckoned += outcome.Reckoned;
            damaged += outcome.Damaged;
            corrected += outcome.Corrected ? 1 : 0;
            if (since.TryGetValue(day, out var noted))
            {
                await look.DoneAsync(day, noted, cancellationToken);
            }
        }

        return new JobOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{days.Count} days with {workers} workers' days, {reckoned} of them reckoned anew, {corrected} days corrected{(damaged > 0 ? $"; {damaged} stored stretches are damaged and not in it" : "")}."),
            new Dictionary<string, long>
            {
                ["days"] = days.Count,
                ["touchedDays"] = touched.Count,
                ["workerDays"] = workers,
                ["reckoned"] = reckoned,
                ["corrected"] = corrected,
                ["damaged"] = damaged,
            });
    }

    /// <summary>Before anything stored is read: what is stored meanwhile is then seen twice, not never.</summary>
    private async Task<ILookup<int, Fix>> NewestAsync(List<DateOnly> days, CancellationToken cancellationToken)
    {
        var newest = await log.ReadAsync(null, SpanOf(days.Min()).NearMs, SpanOf(days.Max()).NearEndMs, cancellationToken);
        return newest.ToLookup(fix => fix.WorkerId);
    }

    private DaySpan SpanOf(DateOnly day) =>
        new(day, JobWindow.StartOf(day, center.Value).ToUnixTimeMilliseconds(), JobWindow.StartOf(day.AddDays(1), center.Value).ToUnixTimeMilliseconds());
}

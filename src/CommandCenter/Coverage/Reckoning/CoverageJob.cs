using System.Globalization;
using CommandCenter.Coverage.Ground;
using CommandCenter.Geo;
using CommandCenter.Jobs;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>
/// Reckons what was walked on the days of a window. Where the window reaches to now, older days are looked at after it: those that late fixes or an erasure touched, and some
/// that were never reckoned. Only what changed is reckoned, so that it may run every few minutes.
/// </summary>
internal sealed class CoverageJob(
    ReckonStore store,
    TrackPartStore parts,
    DaySums sums,
    CoverageLook look,
    CoverageHistory history,
    INewestFixes log,
    CenterPlane plane,
    CoveragePlaneStore planes,
    IOptions<CoverageOptions> options,
    IOptions<TrackMeaningOptions> meaning,
    IOptions<CenterOptions> center,
    TimeProvider time) : IWindowJob
{
    public const string Name = "coverage";

    /// <summary>Touched days that one run takes up; the next goes on.</summary>
    private const int MostTouched = 100;

    /// <summary>Days that were never reckoned: so few that the next look at today is not held up for long.</summary>
    private const int MostMissing = 3;

    /// <summary>A run of many days looks at today in between, as if it were not there: blind spots are minutes old meanwhile, too.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    public static JobPlan Plan => new(
        Name,
        [
            new JobTiming(JobSchedule.EveryMinutes(5), JobWindowRule.Today),
            new JobTiming(JobSchedule.Daily(new TimeOnly(2, 30)), JobWindowRule.Yesterday),
        ],
        Lateness: TimeSpan.FromHours(1));

    public async Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken)
    {
        if (await ZoneAsync(cancellationToken) is not { } zone)
        {
            return new JobOutcome("No area has a polygon yet, so there is no ground to cover.");
        }

        var now = time.GetUtcNow();
        var isLive = window.Ends > now;
        var touched = isLive ? await look.DueAsync(window.From, MostTouched, now, cancellationToken) : [];
        var missing = isLive ? await history.MissingAsync(window.From, MostMissing, now, cancellationToken) : [];

        // The window first, and of it the newest: what was asked for is not held up by what was not, nor today by what is over.
        List<DateOnly> days = [.. window.Days.Where(day => SpanOf(day).FromMs <= now.ToUnixTimeMilliseconds()).Reverse().Concat(touched.Select(due => due.Day)).Concat(missing).Distinct()];
        if (days.Count == 0)
        {
            return new JobOutcome("None of these days has begun.");
        }

        progress.Of(days.Count * (long)DayReckoner.DayProgress);
        var since = touched.ToDictionary(due => due.Day, due => due.Since);
        var reckoner = new DayReckoner(store, parts, sums, zone, options.Value, meaning.Value, time);
        var (workers, reckoned, damaged, corrected) = (0, 0, 0, 0);
        var looked = now;
        foreach (var day in days)
        {
            if (time.GetUtcNow() - looked >= BetweenLooks)
            {
                looked = time.GetUtcNow();
                var today = SpanOf(JobWindow.DayOf(looked, center.Value));
                await reckoner.ReckonAsync(today, await NewestAsync(today, cancellationToken), new JobProgress(), cancellationToken);
            }

            var span = SpanOf(day);
            var outcome = await reckoner.ReckonAsync(span, await NewestAsync(span, cancellationToken), progress, cancellationToken);
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
                ["missingDays"] = missing.Count,
                ["workerDays"] = workers,
                ["reckoned"] = reckoned,
                ["corrected"] = corrected,
                ["damaged"] = damaged,
            });
    }

    /// <summary>The plane that is kept from the first reckoning on; null: there is none yet.</summary>
    private async Task<GaussKruger?> ZoneAsync(CancellationToken cancellationToken)
    {
        if (plane.Current is { } first)
        {
            plane.Keep(await planes.KeepAsync(first.Meridian, time.GetUtcNow(), cancellationToken));
        }

        return plane.IsFarOff
            ? throw new InvalidOperationException("The areas lie too far from the plane that their squares were reckoned in. See \"The plane\" in docs/coverage.md.")
            : plane.Current;
    }

    /// <summary>Before anything stored is read: what is stored meanwhile is then seen twice, not never.</summary>
    private async Task<ILookup<int, Fix>> NewestAsync(DaySpan day, CancellationToken cancellationToken)
    {
        var newest = await log.ReadAsync(null, day.NearMs, day.NearEndMs, cancellationToken);
        return newest.ToLookup(fix => fix.WorkerId);
    }

    private DaySpan SpanOf(DateOnly day) =>
        new(day, JobWindow.StartOf(day, center.Value).ToUnixTimeMilliseconds(), JobWindow.StartOf(day.AddDays(1), center.Value).ToUnixTimeMilliseconds());
}

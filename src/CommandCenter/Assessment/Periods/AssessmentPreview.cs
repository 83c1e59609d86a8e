using CommandCenter.Areas;
using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scores;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Jobs;
using CommandCenter.Web;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Assessment.Periods;

/// <summary>
/// What a reckoned period would have come to under another policy: of the numbers that are frozen, or of the sources where what counts as in time is another. Writes nothing.
/// </summary>
internal sealed class AssessmentPreview(
    ScoreStore store, ScoreStream scores, PolicyBook policies, SourceKeeping keeping, AreaDirectory areas, WorkerRegister register, IOptions<CenterOptions> center, TimeProvider time)
    : IAssessmentPreview
{
    private const int MostRows = 200_000;
    private const int MostItems = 500;

    public async Task<PolicyPreview?> OfAsync(AssessmentPolicy policy, string period, DateOnly day, SubjectKind kind, AreaScope scope, CancellationToken cancellationToken)
    {
        var asked = PeriodRules.Of(PeriodRules.Words[period], day);
        if (scope.Root is not { } root || await store.FindSnapshotAsync(asked.Kind, asked.Starts, null, cancellationToken) is not { } snapshot)
        {
            return null;
        }

        var under = scope.IdsUnder(root);
        var rows = (await store.InAsync([snapshot.Id], [kind], under, MostRows, cancellationToken)).Where(row => row.Body is not null).ToList();
        var used = await policies.OfVersionAsync(snapshot.PolicyVersion, cancellationToken);
        var after = used.Policy.Timing == policy.Timing
            ? rows.ToDictionary(Key, row => OfFrozen(policy, kind, row))
            : await OfSourcesAsync(policy, asked, kind, snapshot, under, cancellationToken);
        if (after is null)
        {
            return null;
        }

        var names = await ScoreNames.OfAsync(areas.Current, register, rows.Select(row => row.WorkerId), cancellationToken);
        var items = rows.Select(row => (Row: row, After: after.GetValueOrDefault(Key(row)))).Select(one => new PreviewItem(
            names.CodeOf(one.Row.WorkerId, one.Row.AreaId, one.Row.IsOfPerson, one.Row.Subject) ?? "",
            names.Of(one.Row.WorkerId, one.Row.AreaId, one.Row.IsOfPerson),
            one.Row.Total,
            one.Row.Band,
            one.After.Total,
            one.After.Band)).ToList();
        return new PolicyPreview(
            period,
            SnapshotViews.Day(asked.Starts),
            SnapshotViews.Day(asked.Ends),
            Side(items.Select(item => (item.Before, item.BandBefore))),
            Side(items.Select(item => (item.After, item.BandAfter))),
            [.. items.OrderByDescending(Change).ThenBy(item => item.Subject, StringComparer.Ordinal).Take(MostItems)],
            items.Count);
    }

    private static (double? Total, string? Band) OfFrozen(AssessmentPolicy policy, SubjectKind kind, ScoreRow row)
    {
        var tallies = ScoreBody.Read(row.Body!).Indicators.ToDictionary(one => one.Indicator, one => one.ToTally(), StringComparer.Ordinal);
        var score = ScoreRules.Of(policy, kind, Sources.IndicatorValues.Of(tallies));
        return (score.Total, score.Band);
    }

    /// <summary>Null: they are there no more, or a quarter's, whose months say what was in time by their own policy.</summary>
    private async Task<Dictionary<int, (double? Total, string? Band)>?> OfSourcesAsync(
        AssessmentPolicy policy, Period period, SubjectKind kind, SnapshotRow snapshot, int[] under, CancellationToken cancellationToken)
    {
        var today = JobWindow.DayOf(time.GetUtcNow(), center.Value);
        if (period.Kind == PeriodKind.Quarter || period.Starts < await keeping.OldestDayAsync(today, cancellationToken))
        {
            return null;
        }

        var homes = await store.HomesAsync(snapshot.Id, cancellationToken);
        var (found, here) = (new Dictionary<int, (double?, string?)>(), under.ToHashSet());
        await foreach (var score in scores.OfSourcesAsync(period, new PolicyUsed(snapshot.PolicyVersion, policy), homes, cancellationToken))
        {
            if (score.Kind == kind && here.Contains(score.AreaId))
            {
                found[score.WorkerId ?? -score.AreaId] = (score.Total, score.Band);
            }
        }

        return found;
    }

    private static int Key(ScoreRow row) => row.WorkerId ?? -row.AreaId;

    /// <summary>Who gets a total or loses it is changed more than anybody else.</summary>
    private static double Change(PreviewItem item) =>
        item is { Before: null, After: null } ? 0 : item.Before is null || item.After is null ? double.MaxValue : Math.Abs(item.After.Value - item.Before.Value);

    private static PreviewSide Side(IEnumerable<(double? Total, string? Band)> scores)
    {
        var scored = scores.Where(score => score.Total is not null).ToList();
        return new PreviewSide(
            scored.Count,
            scored.Count == 0 ? null : Math.Round(scored.Average(score => score.Total!.Value), 2),
            scored.Where(score => score.Band is not null).GroupBy(score => score.Band!, StringComparer.Ordinal).ToDictionary(band => band.Key, band => band.Count(), StringComparer.Ordinal));
    }
}

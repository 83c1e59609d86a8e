using CommandCenter.Areas;
using CommandCenter.Assessment.Appeals;
using CommandCenter.Assessment.Periods;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Scores;

/// <summary>A score with its indicators, its versions and its appeals, as it goes out.</summary>
internal sealed class ScoreDetails(ScoreStore store, AppealStore appeals, AreaDirectory areas, WorkerRegister register)
{
    /// <param name="row">With its body.</param>
    /// <param name="appealViews">How appeals look to who asks.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<ScoreDetail> OfAsync(ScoreRow row, Func<AppealRow, ScoreNames, AppealInfo> appealViews, CancellationToken cancellationToken)
    {
        var snapshot = await store.FindSnapshotAsync(row.SnapshotId, cancellationToken) ?? throw new InvalidOperationException("A score's version went while it was read.");
        var names = await ScoreNames.OfAsync(areas.Current, register, [row.WorkerId], cancellationToken);
        var body = row.Body is null ? null : ScoreBody.Read(row.Body);
        var versions = row.ErasedAt is null ? await store.OfPeriodAsync(snapshot.Period, row, cancellationToken) : [];
        var snapshots = new Dictionary<Guid, SnapshotRow> { [snapshot.Id] = snapshot };
        foreach (var other in versions.Where(version => version.SnapshotId != snapshot.Id))
        {
            if (await store.FindSnapshotAsync(other.SnapshotId, cancellationToken) is { } found)
            {
                snapshots[found.Id] = found;
            }
        }

        var before = (await PeriodEndpoints.BesideAsync(store, snapshot, cancellationToken)).Before;
        var was = before is null || row.ErasedAt is not null ? null : (await store.OfPeriodAsync(before.Period, row, cancellationToken)).FirstOrDefault();
        return new ScoreDetail(
            row.Id,
            SnapshotViews.Of(snapshot),
            row.Kind.Word(),
            names.CodeOf(row.WorkerId, row.AreaId, row.IsOfPerson, row.Subject),
            names.Of(row.WorkerId, row.AreaId, row.IsOfPerson),
            names.AreaCode(row.AreaId),
            names.AreaName(row.AreaId),
            row.Total,
            row.Band,
            row.CoveredWeight,
            body?.WhyNoTotal,
            was?.Total,
            row.ErasedAt is not null,
            [.. body?.Indicators.Select(one => Indicator(one, IsSum(row, snapshot))) ?? []],
            Versions([.. versions.Where(version => snapshots.ContainsKey(version.SnapshotId))], snapshots),
            [.. (await appeals.OfScoresAsync([.. versions.Select(version => version.Id)], cancellationToken)).Select(appeal => appealViews(appeal, names))]);
    }

    /// <summary>Areas are sums of what is below them, quarters of their months.</summary>
    public static bool IsSum(ScoreRow row, SnapshotRow snapshot) => !row.IsOfPerson || snapshot.Period.Kind == PeriodKind.Quarter;

    private static ScoreIndicator Indicator(IndicatorBody one, bool isSum) => new(
        one.Indicator,
        one.Numerator,
        one.Denominator,
        one.Samples,
        one.Value,
        one.Points,
        one.Weight,
        one.EffectiveWeight,
        [.. one.Excluded.Select(excluded => new ScoreExclusion(excluded.Kind, excluded.Amount, excluded.Why))],
        one.NoData,
        one.Evidence is { } mark ? new ScoreEvidenceMark(mark.Kind, mark.Count) : isSum && one.Denominator > 0 ? new ScoreEvidenceMark("parts", 0) : null);

    private static IReadOnlyList<ScoreVersion> Versions(IReadOnlyList<ScoreRow> rows, Dictionary<Guid, SnapshotRow> snapshots)
    {
        var versions = new List<ScoreVersion>();
        for (var n = 0; n < rows.Count; n++)
        {
            var snapshot = snapshots[rows[n].SnapshotId];
            versions.Add(new ScoreVersion(
                rows[n].Id,
                snapshot.Version,
                snapshot.Latest,
                snapshot.Reason,
                SnapshotViews.Utc(snapshot.MadeAt),
                rows[n].Total,
                rows[n].Band,
                n + 1 < rows.Count ? Changes(rows[n + 1], rows[n]) : []));
        }

        return versions;
    }

    private static IReadOnlyList<ScoreChange> Changes(ScoreRow old, ScoreRow now)
    {
        var before = old.Body is null ? [] : ScoreBody.Read(old.Body).Indicators.ToDictionary(one => one.Indicator, one => one.Points);
        return now.Body is null ? []
            : [.. ScoreBody.Read(now.Body).Indicators
                .Where(one => before.GetValueOrDefault(one.Indicator) != one.Points)
                .Select(one => new ScoreChange(one.Indicator, before.GetValueOrDefault(one.Indicator), one.Points))];
    }
}

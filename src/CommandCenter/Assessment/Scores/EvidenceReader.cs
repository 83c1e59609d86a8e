using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Scoring;
using CommandCenter.Assessment.Sources;
using CommandCenter.Contracts.Assessment;
using CommandCenter.Coverage;
using CommandCenter.Geo;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Scores;

/// <summary>What stands behind an indicator: its own squares, alarms, assignments and days, and the scores that it is the sum of.</summary>
internal sealed class EvidenceReader(ScoreStore store, IAssessedGround ground, AreaDirectory areas, WorkerRegister register)
{
    private const int MostParts = 5_000;

    /// <summary>Null: there is none, or it was let go.</summary>
    public async Task<ScoreEvidence?> ReadAsync(ScoreRow row, SnapshotRow snapshot, string indicator, CancellationToken cancellationToken)
    {
        if (row.Body is null || ScoreBody.Read(row.Body).Indicators.FirstOrDefault(one => one.Indicator == indicator) is not { } body)
        {
            return null;
        }

        var own = body.Evidence is not null && await store.EvidenceAsync(row.Id, cancellationToken) is { } packed ? EvidenceBytes.Read(packed, indicator) : null;
        var parts = ScoreDetails.IsSum(row, snapshot) ? await PartsAsync(row, snapshot, indicator, cancellationToken) : [];
        return own is null && parts.Count == 0 ? null : new ScoreEvidence(
            row.Id,
            indicator,
            own?.Kind ?? "parts",
            body.Numerator,
            body.Denominator,
            SnapshotViews.Day(snapshot.Starts),
            SnapshotViews.Day(snapshot.Ends),
            own?.Cells is null ? null : await CellsAsync(own, snapshot, cancellationToken),
            own?.Alarms?.Select(one => new EvidenceAlarm(one.Id.ToString("D"), one.Kind, Time(one.AtMs), Time(one.AcknowledgedMs), one.Seconds, one.Within)).ToList(),
            own?.Assignments?.Select(one => new EvidenceAssignment(one.Id.ToString("D"), one.Alarm.ToString("D"), Time(one.AtMs), Time(one.DoneMs), one.Seconds, one.Within)).ToList(),
            own?.Days?.Select(one => new EvidenceDay(SnapshotViews.Day(one.Day), one.State, one.Seconds, one.Meters)).ToList(),
            parts.Count == 0 ? null : parts);
    }

    private async Task<JsonElement?> CellsAsync(Evidence evidence, SnapshotRow snapshot, CancellationToken cancellationToken)
    {
        if ((await ground.ReadAsync(areas.Current, snapshot.Ends.AddDays(-1), cancellationToken)).Plane is not { } plane)
        {
            return null;
        }

        return JsonSerializer.SerializeToElement(new
        {
            type = "FeatureCollection",
            features = evidence.Cells!.Select(run => new
            {
                type = "Feature",
                geometry = new { type = "Polygon", coordinates = new[] { Ring(run, plane) } },
                properties = new { visited = run.Visited, due = evidence.DueSpans, cells = run.Cells },
            }),
        });
    }

    private static double[][] Ring(CellRun run, GaussKruger plane)
    {
        var (west, east) = (run.Column * CoverageCell.Meters, (run.Column + run.Cells) * CoverageCell.Meters);
        var (south, north) = (run.Row * CoverageCell.Meters, (run.Row + 1) * CoverageCell.Meters);
        return [At(west, south), At(east, south), At(east, north), At(west, north), At(west, south)];

        double[] At(double x, double y)
        {
            var (longitude, latitude) = plane.Unproject(x, y);
            return [Math.Round(longitude, 7), Math.Round(latitude, 7)];
        }
    }

    private async Task<IReadOnlyList<EvidencePart>> PartsAsync(ScoreRow row, SnapshotRow snapshot, string indicator, CancellationToken cancellationToken)
    {
        var found = snapshot.Period.Kind == PeriodKind.Quarter ? await MonthsAsync(row, snapshot, cancellationToken) : await BelowAsync(row, snapshot, indicator, cancellationToken);
        var names = await ScoreNames.OfAsync(areas.Current, register, found.Select(part => part.Row.WorkerId), cancellationToken);
        var parts = new List<EvidencePart>();
        foreach (var (part, starts) in found)
        {
            if (part.Body is not null && ScoreBody.Read(part.Body).Indicators.FirstOrDefault(one => one.Indicator == indicator) is { Denominator: > 0 } one)
            {
                parts.Add(new EvidencePart(
                    part.Id,
                    part.Kind.Word(),
                    names.CodeOf(part.WorkerId, part.AreaId, part.IsOfPerson, part.Subject),
                    names.Of(part.WorkerId, part.AreaId, part.IsOfPerson),
                    SnapshotViews.Day(starts),
                    one.Numerator,
                    one.Denominator));
            }
        }

        return parts;
    }

    private async Task<IReadOnlyList<(ScoreRow Row, DateOnly Starts)>> MonthsAsync(ScoreRow row, SnapshotRow snapshot, CancellationToken cancellationToken)
    {
        var found = new List<(ScoreRow, DateOnly)>();
        foreach (var month in PeriodRules.MonthsOf(snapshot.Period))
        {
            if ((await store.OfPeriodAsync(month, row, cancellationToken)).FirstOrDefault() is { } part)
            {
                found.Add((part, month.Starts));
            }
        }

        return found;
    }

    /// <summary>The areas just below that are assessed, and people at home here who are in none of them; of squares and alarms areas alone.</summary>
    private async Task<IReadOnlyList<(ScoreRow Row, DateOnly Starts)>> BelowAsync(ScoreRow row, SnapshotRow snapshot, string indicator, CancellationToken cancellationToken)
    {
        if (areas.Current.Find(row.AreaId) is not { } node)
        {
            return [];
        }

        var (below, here) = (new List<int>(), new List<int> { node.Area.Id });
        Walk(node, below, here);
        var found = new List<ScoreRow>();
        if (below.Count > 0)
        {
            found.AddRange(await store.InAsync([snapshot.Id], [SubjectKind.Grid, SubjectKind.Community, SubjectKind.Subdistrict], [.. below], MostParts, cancellationToken));
        }

        if (indicator is not (IndicatorIds.GridCoverage or IndicatorIds.AlarmAcknowledged))
        {
            found.AddRange(await store.InAsync([snapshot.Id], [SubjectKind.Worker], [.. here], MostParts, cancellationToken));
        }

        return [.. found.Select(part => (part, snapshot.Starts))];
    }

    private static void Walk(AreaNode node, List<int> below, List<int> here)
    {
        foreach (var child in node.Children)
        {
            if (AreaIndicators.KindOf(child) is not null)
            {
                below.Add(child.Area.Id);
            }
            else
            {
                here.Add(child.Area.Id);
                Walk(child, below, here);
            }
        }
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static DateTimeOffset? Time(long? ms) => ms is { } known ? Time(known) : null;
}

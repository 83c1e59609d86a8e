using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Coverage.Store;

namespace CommandCenter.Coverage.Answers;

/// <summary>Rates as they are told. Pure.</summary>
internal static class RateViews
{
    /// <param name="days">What was read.</param>
    /// <param name="parts">The area itself first.</param>
    /// <param name="rates">Counts beside them.</param>
    public static CoverageRates Of(CoverageDays days, IReadOnlyList<AreaNode> parts, RateRules rates)
    {
        var isKnown = days.Within.Count > 0;

        // By how much is known of all areas together.
        var isWhole = parts[0].Parent is null && days.Plan.Tree.Nodes.Count(node => node.Parent is null) == 1;
        var whole = days.Plan.SquaresOf(parts[0]).Count;
        return new CoverageRates(
            parts[0].Area.Code,
            CoverageWindow.TextOf(days.Window.From),
            CoverageWindow.TextOf(days.Window.To),
            days.Window.Days,
            days.Within.Count,
            days.ReckonedAt,
            days.CorrectedAt,
            [.. days.Within.Where(day => day.CorrectedAt is not null).OrderByDescending(day => day.Day).Select(day => CorrectionOf(day, isWhole))],
            days.Damaged,
            [.. parts.Select((part, n) => ItemOf(part, days.Plan.SquaresOf(part).Count, rates.Counts[n], isKnown))],
            [.. days.Within.Select(day => TrendOf(day, rates.Trend.GetValueOrDefault(day.Day), whole))]);
    }

    private static CoverageRate ItemOf(AreaNode area, int patrollable, AreaCount count, bool isKnown) => new(
        area.Area.Code,
        area.Area.Name,
        area.Area.Kind.Name(),
        patrollable,
        count.Visited,
        isKnown ? RateOf(count.Visited, patrollable) : null,
        count.Blind,
        count.Planned,
        count.Done,
        (count.DwellMs + 500) / 1_000,
        count.Visits,
        count.Unknown);

    private static CoverageTrendDay TrendOf(CoverageDay day, int visited, int patrollable) =>
        new(CoverageWindow.TextOf(day.Day), RateOf(visited, patrollable), visited, patrollable, day.Damaged);

    private static CoverageCorrection CorrectionOf(CoverageDay day, bool isWhole) => new(
        CoverageWindow.TextOf(day.Day),
        day.CorrectedAt!.Value,
        isWhole && day.Correction is { } more ? new CoverageDifference(more.Workers, more.CreditedMs / 1_000, more.Cells, more.Visits, more.Passes) : null);

    private static double? RateOf(int visited, int patrollable) => patrollable == 0 ? null : Math.Round((double)visited / patrollable, 6);
}

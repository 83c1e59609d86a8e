using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;

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
        var whole = days.Plan.SquaresOf(parts[0]).Count;
        return new CoverageRates(
            parts[0].Area.Code,
            CoverageWindow.TextOf(days.Window.From),
            CoverageWindow.TextOf(days.Window.To),
            days.Window.Days,
            days.Within.Count,
            days.ReckonedAt,
            days.CorrectedAt,
            [.. parts.Select((part, n) => ItemOf(part, days.Plan.SquaresOf(part).Count, rates.Counts[n], isKnown))],
            [.. days.Within.Select(day => TrendOf(day.Day, rates.Trend.GetValueOrDefault(day.Day), whole))]);
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

    private static CoverageTrendDay TrendOf(DateOnly day, int visited, int patrollable) =>
        new(CoverageWindow.TextOf(day), RateOf(visited, patrollable), visited, patrollable);

    private static double? RateOf(int visited, int patrollable) => patrollable == 0 ? null : Math.Round((double)visited / patrollable, 6);
}

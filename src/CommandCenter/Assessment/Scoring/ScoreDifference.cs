namespace CommandCenter.Assessment.Scoring;

/// <summary>What is different between two scores of one subject. Pure.</summary>
/// <param name="TotalBefore">Null: there was none.</param>
/// <param name="TotalAfter">Null: there is none.</param>
/// <param name="Indicators">Those whose points or data changed, in the later one's order.</param>
public sealed record ScoreDifference(double? TotalBefore, double? TotalAfter, IReadOnlyList<IndicatorDifference> Indicators)
{
    public bool IsNone => TotalBefore == TotalAfter && Indicators.Count == 0;

    public static ScoreDifference Of(Score before, Score after)
    {
        var old = before.Indicators.ToDictionary(one => one.Indicator, StringComparer.Ordinal);
        return new ScoreDifference(before.Total, after.Total, [.. after.Indicators
            .Select(one => new IndicatorDifference(one.Indicator, old.GetValueOrDefault(one.Indicator)?.Points, one.Points))
            .Where(one => one.PointsBefore != one.PointsAfter)]);
    }
}

public sealed record IndicatorDifference(string Indicator, double? PointsBefore, double? PointsAfter);

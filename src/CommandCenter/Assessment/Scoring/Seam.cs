namespace CommandCenter.Assessment.Scoring;

public enum SubjectKind { Worker, Grid, Community, Subdistrict, Department }

public enum NoData { FeatureMissing, NothingDue, NoneThere, TooFew }

public sealed record Exclusion(string Kind, double Amount, string? Why);

public sealed record IndicatorValue(string Indicator, double? Numerator, double? Denominator, int Samples, IReadOnlyList<Exclusion> Excluded, NoData? Why);

public sealed record IndicatorScore(string Indicator, double? Value, double? Points, double Weight, double EffectiveWeight, IndicatorValue From);

public sealed record Score(SubjectKind Kind, double? Total, string? Band, double CoveredWeight, IReadOnlyList<IndicatorScore> Indicators, string? WhyNoTotal);

public sealed record AssessmentPolicy(int Version);

public static class ScoreRules
{
    public static Score Of(AssessmentPolicy policy, SubjectKind kind, IReadOnlyList<IndicatorValue> values)
    {
        var scores = values.Select(value => new IndicatorScore(value.Indicator, value.Denominator > 0 ? value.Numerator / value.Denominator : null, value.Denominator > 0 ? 100 * value.Numerator / value.Denominator : null, 1, 1, value)).ToList();
        double? total = scores.Any(one => one.Points is not null) ? scores.Where(one => one.Points is not null).Average(one => one.Points!.Value) : null;
        return new Score(kind, total, null, 1, scores, total is null ? "no-data" : null);
    }
}

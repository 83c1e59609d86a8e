namespace CommandCenter.Assessment.Scoring;

/// <summary>
/// From values to a score. Points and totals are rounded to two decimals, half away from zero, and a total is made of rounded points: a pencil comes to the same. Pure.
/// </summary>
public static class ScoreRules
{
    public const string NotAssessed = "not-assessed";
    public const string OverHalfWithoutData = "over-half-without-data";

    private const double MostWithoutData = 0.5;

    /// <param name="policy">Checked.</param>
    /// <param name="kind">Of the subject.</param>
    /// <param name="values">At most one of each indicator, in any order; one that is missing is without data.</param>
    public static Score Of(AssessmentPolicy policy, SubjectKind kind, IReadOnlyList<IndicatorValue> values)
    {
        if (!policy.Subjects.TryGetValue(kind, out var rules))
        {
            return new Score(kind, null, null, 0, [], NotAssessed);
        }

        var byId = values.ToDictionary(value => value.Indicator, StringComparer.Ordinal);
        var judged = rules.Select(rule => (Rule: rule, From: Judge(rule, byId.GetValueOrDefault(rule.Id)))).ToList();
        var all = rules.Sum(rule => rule.Weight);
        var covered = judged.Where(one => one.From.Why is null).Sum(one => one.Rule.Weight);
        var indicators = judged.Select(one => Scored(one.Rule, one.From, all, covered)).ToList();
        if (covered <= 0 || (all - covered) / all > MostWithoutData)
        {
            return new Score(kind, null, null, covered / all, indicators, OverHalfWithoutData);
        }

        var total = Rounded(indicators.Sum(one => (decimal)(one.Points ?? 0) * (decimal)one.Weight * (decimal)all) / (decimal)covered);
        return new Score(kind, total, BandOf(policy, total).Id, covered / all, indicators, null);
    }

    /// <summary>Points of a value, before they are rounded to two decimals.</summary>
    public static double PointsOf(Formula formula, double value) => formula switch
    {
        LinearFormula linear => 100 * Math.Clamp((value - linear.Zero) / (linear.Full - linear.Zero), 0, 1),
        StepsFormula steps => steps.Steps.Where(step => value >= step.From).Select(step => step.Points).LastOrDefault(),
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, null),
    };

    public static Band BandOf(AssessmentPolicy policy, double total) => policy.Bands.First(band => total >= band.From);

    private static IndicatorValue Judge(IndicatorRule rule, IndicatorValue? value) =>
        value is null ? new IndicatorValue(rule.Id, null, null, 0, [], NoData.NoneThere)
        : value.Why is not null ? value
        : value.Denominator is not > 0 || value.Numerator is null ? value with { Why = NoData.NothingDue }
        : value.Samples < rule.MinimumSamples ? value with { Why = NoData.TooFew }
        : value;

    private static IndicatorScore Scored(IndicatorRule rule, IndicatorValue from, double all, double covered)
    {
        if (from.Why is not null)
        {
            return new IndicatorScore(rule.Id, null, null, rule.Weight / all, 0, from);
        }

        var value = from.Numerator!.Value / from.Denominator!.Value;
        return new IndicatorScore(rule.Id, value, Rounded((decimal)PointsOf(rule.Formula, value)), rule.Weight / all, covered > 0 ? rule.Weight / covered : 0, from);
    }

    private static double Rounded(decimal value) => (double)Math.Round(value, 2, MidpointRounding.AwayFromZero);
}

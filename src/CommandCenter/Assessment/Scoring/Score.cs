namespace CommandCenter.Assessment.Scoring;

/// <summary>Who or what is assessed. Stored, so never change a number.</summary>
public enum SubjectKind
{
    Worker,
    Grid,
    Community,
    Subdistrict,
    Department,
}

/// <summary>Why an indicator says nothing of somebody.</summary>
public enum NoData
{
    /// <summary>What it would count is not built yet.</summary>
    FeatureMissing,

    /// <summary>Nothing fell due, or all that did is excluded.</summary>
    NothingDue,

    /// <summary>There is no source for it.</summary>
    NoneThere,

    /// <summary>Fewer samples than the policy asks for.</summary>
    TooFew,
}

/// <summary>What was taken out of the denominator, in its unit.</summary>
/// <param name="Kind">Such as <c>leave</c>, <c>rest-day</c>, <c>no-signal</c>, <c>phone-dark</c>.</param>
/// <param name="Amount">How much.</param>
/// <param name="Why">In words; null: the kind says it.</param>
public sealed record Exclusion(string Kind, double Amount, string? Why);

/// <summary>What a source counted for one subject.</summary>
/// <param name="Indicator">Its id.</param>
/// <param name="Numerator">Null without data.</param>
/// <param name="Denominator">Null without data; what is excluded is not in it.</param>
/// <param name="Samples">Of how many it is.</param>
/// <param name="Excluded">Beside the denominator.</param>
/// <param name="Why">Set: there is no data.</param>
public sealed record IndicatorValue(string Indicator, double? Numerator, double? Denominator, int Samples, IReadOnlyList<Exclusion> Excluded, NoData? Why);

/// <summary>An indicator within a score.</summary>
/// <param name="Indicator">Its id.</param>
/// <param name="Value">Numerator by denominator; null without data.</param>
/// <param name="Points">0 to 100, two decimals; null without data.</param>
/// <param name="Weight">As the policy has it, 0 to 1.</param>
/// <param name="EffectiveWeight">Of those with data alone; 0 without.</param>
/// <param name="From">What it was reckoned from; its <c>Why</c> is set also where samples were too few.</param>
public sealed record IndicatorScore(string Indicator, double? Value, double? Points, double Weight, double EffectiveWeight, IndicatorValue From);

/// <summary>What a policy makes of a subject's values.</summary>
/// <param name="Kind">Of the subject.</param>
/// <param name="Total">0 to 100, two decimals; null: <paramref name="WhyNoTotal"/> says why.</param>
/// <param name="Band">Its id; null without a total.</param>
/// <param name="CoveredWeight">Share of the policy's weight that has data, 0 to 1.</param>
/// <param name="Indicators">In the policy's order.</param>
/// <param name="WhyNoTotal">One of <see cref="ScoreRules"/>' words.</param>
public sealed record Score(SubjectKind Kind, double? Total, string? Band, double CoveredWeight, IReadOnlyList<IndicatorScore> Indicators, string? WhyNoTotal);

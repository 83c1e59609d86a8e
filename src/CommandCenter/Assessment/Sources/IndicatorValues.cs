using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Sources;

/// <summary>Sums as the rules of scoring take them, with why there is nothing where there is nothing. Pure.</summary>
internal static class IndicatorValues
{
    public static IReadOnlyList<IndicatorValue> Of(IReadOnlyDictionary<string, Tally> tallies) =>
    [
        .. Indicators.Sourced.Select(indicator => Of(indicator, tallies.GetValueOrDefault(indicator) ?? new Tally())),
        .. Indicators.Missing.Select(Missing),
    ];

    public static IndicatorValue Missing(string indicator) => new(indicator, null, null, 0, [], NoData.FeatureMissing);

    private static IndicatorValue Of(string indicator, Tally tally)
    {
        Exclusion[] excluded = [.. tally.Excluded.Select(one => new Exclusion(one.Key, Math.Round(one.Value, 4), null))];
        return tally.Denominator > 0
            ? new IndicatorValue(indicator, Math.Round(tally.Numerator, 4), Math.Round(tally.Denominator, 4), (int)Math.Min(int.MaxValue, Math.Round(tally.Denominator)), excluded, null)
            : new IndicatorValue(indicator, null, null, 0, excluded, NoData.NothingDue);
    }
}

using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Periods;

/// <summary>Why there is nothing, by words; stored.</summary>
internal static class NoDataWords
{
    public static string Word(NoData why) => why switch
    {
        NoData.FeatureMissing => "feature-missing",
        NoData.NothingDue => "nothing-due",
        NoData.NoneThere => "none-there",
        NoData.TooFew => "too-few",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, null),
    };
}

using CommandCenter.Assessment.Scoring;

namespace CommandCenter.Assessment.Periods;

internal static class NoDataWords
{
    public static string Word(NoData why) => why.ToString();
}

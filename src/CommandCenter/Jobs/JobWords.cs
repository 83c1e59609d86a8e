namespace CommandCenter.Jobs;

/// <summary>The words on the wire.</summary>
internal static class JobWords
{
    public static string Of(JobRunState state) => state switch
    {
        JobRunState.Queued => "queued",
        JobRunState.Running => "running",
        JobRunState.Succeeded => "succeeded",
        JobRunState.Failed => "failed",
        JobRunState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Of(JobWindowRule rule) => rule switch
    {
        JobWindowRule.Today => "today",
        JobWindowRule.Yesterday => "yesterday",
        JobWindowRule.LastWeek => "lastWeek",
        JobWindowRule.LastMonth => "lastMonth",
        JobWindowRule.LastQuarter => "lastQuarter",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };
}

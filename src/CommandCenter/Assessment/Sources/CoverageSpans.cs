namespace CommandCenter.Assessment.Sources;

/// <summary>
/// The stretches of a period in each of which a square is due once: as many days as the area's target, one after another from the period's first day. What is left over at its end is not due; a target
/// longer than a month asks for one visit a month, and for none in a week. Pure.
/// </summary>
internal readonly record struct CoverageSpans(DateOnly Starts, int Days, int Count)
{
    private const int DaysOfMonth = 28;

    /// <param name="starts">The period's first day.</param>
    /// <param name="ends">The day after its last.</param>
    /// <param name="until">The day after the last that has gone by.</param>
    /// <param name="target">Days within which a square is to be visited.</param>
    public static CoverageSpans Of(DateOnly starts, DateOnly ends, DateOnly until, int target)
    {
        var whole = ends.DayNumber - starts.DayNumber;
        var days = target <= whole ? target : whole >= DaysOfMonth ? whole : 0;
        var gone = Math.Min(until.DayNumber, ends.DayNumber) - starts.DayNumber;
        return new CoverageSpans(starts, days, days == 0 ? 0 : Math.Max(0, gone / days));
    }

    /// <summary>-1: a day on which nothing is due.</summary>
    public int SpanOf(DateOnly day)
    {
        var at = Days == 0 ? -1 : (day.DayNumber - Starts.DayNumber) / Days;
        return day >= Starts && at < Count ? at : -1;
    }

    public IEnumerable<DateOnly> DaysOf(int span) => Enumerable.Range(span * Days, Days).Select(Starts.AddDays);
}

using CommandCenter.Web;

namespace CommandCenter.Jobs;

/// <summary>Which days a window has. Pure.</summary>
public static class JobWindowRules
{
    /// <summary>The window that a schedule asks for when it falls due on a day.</summary>
    public static (DateOnly From, DateOnly To) Of(JobWindowRule rule, DateOnly day)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var quarter = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return rule switch
        {
            JobWindowRule.Today => (day, day.AddDays(1)),
            JobWindowRule.Yesterday => (day.AddDays(-1), day),
            JobWindowRule.LastWeek => (monday.AddDays(-7), monday),
            JobWindowRule.LastMonth => (month.AddMonths(-1), month),
            JobWindowRule.LastQuarter => (quarter.AddMonths(-3), quarter),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
        };
    }

    /// <summary>The whole days that touch a span; it must not be empty.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="center">In whose zone days begin.</param>
    public static JobWindow Widened(DateTimeOffset from, DateTimeOffset to, CenterOptions center) =>
        JobWindow.Of(JobWindow.DayOf(from, center), JobWindow.DayOf(to.AddTicks(-1), center).AddDays(1), center);
}

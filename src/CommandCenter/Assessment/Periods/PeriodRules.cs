namespace CommandCenter.Assessment.Periods;

/// <summary>Which periods there are, and which of them a window of days makes. Pure.</summary>
public static class PeriodRules
{
    public static readonly IReadOnlyDictionary<string, PeriodKind> Words = Enum.GetValues<PeriodKind>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>On the wire and in the database.</summary>
    public static string Word(this PeriodKind kind) => kind switch
    {
        PeriodKind.Week => "week",
        PeriodKind.Month => "month",
        PeriodKind.Quarter => "quarter",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The one that a day lies in; weeks begin on Mondays.</summary>
    public static Period Of(PeriodKind kind, DateOnly day)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var quarter = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return kind switch
        {
            PeriodKind.Week => new Period(kind, monday, monday.AddDays(7)),
            PeriodKind.Month => new Period(kind, month, month.AddMonths(1)),
            PeriodKind.Quarter => new Period(kind, quarter, quarter.AddMonths(3)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    public static Period Before(Period period) => Of(period.Kind, period.Starts.AddDays(-1));

    /// <summary>
    /// Every week, month and quarter that the days touch and that has begun, months before quarters, which are made of them: a day makes three.
    /// </summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="today">What begins later is left out.</param>
    public static IReadOnlyList<Period> Touched(DateOnly from, DateOnly to, DateOnly today)
    {
        var touched = new List<Period>();
        foreach (var kind in Enum.GetValues<PeriodKind>())
        {
            for (var period = Of(kind, from); period.Starts < to && period.Starts <= today; period = Of(kind, period.Ends))
            {
                touched.Add(period);
            }
        }

        return touched;
    }

    public static IEnumerable<Period> MonthsOf(Period quarter)
    {
        for (var month = Of(PeriodKind.Month, quarter.Starts); month.Starts < quarter.Ends; month = Of(PeriodKind.Month, month.Ends))
        {
            yield return month;
        }
    }
}

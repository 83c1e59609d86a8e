using System.Globalization;
using CommandCenter.Http;
using CommandCenter.Web;

namespace CommandCenter.Jobs;

/// <summary>Reads the span that a run is asked for, and widens it to whole days.</summary>
internal static class JobSpan
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Null after a refusal.</summary>
    public static JobWindow? Read(string? from, string? to, int mostDays, DateTimeOffset now, CenterOptions center, Arguments arguments)
    {
        var starts = Moment("from", from, center, arguments);
        var ends = Moment("to", to, center, arguments);
        if (starts is not { } first || ends is not { } end)
        {
            return null;
        }

        var tomorrow = JobWindow.DayOf(now, center).AddDays(1);
        if (end <= first)
        {
            arguments.Refuse("to", "later than 'from'");
        }
        else if (JobWindow.DayOf(first, center) < Earliest)
        {
            arguments.Refuse("from", "a day of this century");
        }
        else if (JobWindow.DayOf(first, center) >= tomorrow)
        {
            arguments.Refuse("from", "a day that has begun");
        }
        else if (JobWindowRules.Widened(first, end, center) is var window && window.DayCount > mostDays)
        {
            arguments.Refuse("to", string.Create(CultureInfo.InvariantCulture, $"at most {mostDays} days after 'from'"));
        }
        else
        {
            return window;
        }

        return null;
    }

    private static DateTimeOffset? Moment(string name, string? value, CenterOptions center, Arguments arguments)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > DateOnly.MinValue && day.Year < 9999)
        {
            return JobWindow.StartOf(day, center);
        }

        var check = new Arguments();
        if (check.Moment(name, value) is { } moment && moment.Year is > 1 and < 9999)
        {
            return moment;
        }

        arguments.Refuse(name, "a day such as 2026-01-31 or a moment such as 2026-01-31T08:00:00Z");
        return null;
    }
}

using System.Globalization;
using CommandCenter.Http;
using CommandCenter.Jobs;
using CommandCenter.Web;

namespace CommandCenter.Coverage.Answers;

/// <summary>Whole days of the center's zone that are asked about.</summary>
/// <param name="From">The first.</param>
/// <param name="To">Exclusive; it may lie ahead.</param>
/// <param name="Last">The last one that has begun: ages and blind spots are those of this day.</param>
public sealed record CoverageWindow(DateOnly From, DateOnly To, DateOnly Last)
{
    public const int UsualDays = 7;
    private const string Shape = "yyyy-MM-dd";
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Of all, also of those to come.</summary>
    public int Length => To.DayNumber - From.DayNumber;

    /// <summary>Of those that have begun.</summary>
    public int Days => Last.DayNumber - From.DayNumber + 1;

    public static string TextOf(DateOnly day) => day.ToString(Shape, CultureInfo.InvariantCulture);

    /// <summary>Null after a refusal.</summary>
    public static CoverageWindow? Read(string? from, string? to, int mostDays, DateTimeOffset now, CenterOptions center, Arguments arguments)
    {
        var today = JobWindow.DayOf(now, center);
        var (first, end) = (Day("from", from, arguments), Day("to", to, arguments));
        if (arguments.Problem is not null)
        {
            return null;
        }

        var until = end ?? (first is { } begin && begin <= today.AddDays(1 - UsualDays) ? begin.AddDays(UsualDays) : today.AddDays(1));
        var since = first ?? until.AddDays(-UsualDays);
        if (since > today)
        {
            arguments.Refuse("from", "a day that has begun");
        }
        else if (since < Earliest)
        {
            arguments.Refuse("from", "a day of this century");
        }
        else if (until <= since)
        {
            arguments.Refuse("to", "later than 'from'");
        }
        else if (until.DayNumber - since.DayNumber > mostDays)
        {
            arguments.Refuse("to", string.Create(CultureInfo.InvariantCulture, $"at most {mostDays} days after 'from'"));
        }
        else
        {
            return new CoverageWindow(since, until, until.AddDays(-1) < today ? until.AddDays(-1) : today);
        }

        return null;
    }

    private static DateOnly? Day(string name, string? value, Arguments arguments)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (DateOnly.TryParseExact(value, Shape, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9_999)
        {
            return day;
        }

        arguments.Refuse(name, "a day such as 2026-01-31");
        return null;
    }
}

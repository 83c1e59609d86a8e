using CommandCenter.Web;

namespace CommandCenter.Jobs;

/// <summary>Whole days of the center's zone.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Starts">When <paramref name="From"/> begins, UTC.</param>
/// <param name="Ends">When <paramref name="To"/> begins, UTC.</param>
public sealed record JobWindow(DateOnly From, DateOnly To, DateTimeOffset Starts, DateTimeOffset Ends)
{
    public int DayCount => To.DayNumber - From.DayNumber;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, DayCount).Select(From.AddDays);

    public static JobWindow Of(DateOnly from, DateOnly to, CenterOptions center) => new(from, to, StartOf(from, center), StartOf(to, center));

    /// <summary>The day of the center's zone that a moment lies in.</summary>
    public static DateOnly DayOf(DateTimeOffset at, CenterOptions center) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, center.Zone).DateTime);

    /// <summary>When a day begins, UTC: the first moment there is, where clocks are put forward at midnight.</summary>
    public static DateTimeOffset StartOf(DateOnly day, CenterOptions center)
    {
        // Noon is on the day whatever the clocks do at its beginning.
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return center.StartOfDay(new DateTimeOffset(noon, center.Zone.GetUtcOffset(noon))).ToUniversalTime();
    }
}

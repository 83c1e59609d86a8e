using CommandCenter.Jobs;
using CommandCenter.Web;

namespace CommandCenter.Assessment.Sources;

/// <summary>The days of a period that have begun, with their bounds in UTC: a day has 23 or 25 hours where clocks change. Of the one that still runs counts what is settled.</summary>
internal sealed class SourceDays
{
    private readonly long[] _boundsMs;

    /// <param name="from">The period's first day.</param>
    /// <param name="ends">The day after its last.</param>
    /// <param name="today">Still runs; what follows is left out.</param>
    /// <param name="center">In whose zone days begin.</param>
    public SourceDays(DateOnly from, DateOnly ends, DateOnly today, CenterOptions center)
    {
        From = from;
        PeriodEnds = ends;
        Over = today < from ? from : today < ends ? today : ends;
        To = today < from ? from : today < ends ? today.AddDays(1) : ends;
        _boundsMs = [.. Enumerable.Range(0, To.DayNumber - From.DayNumber + 1).Select(n => JobWindow.StartOf(From.AddDays(n), center).ToUnixTimeMilliseconds())];
    }

    public DateOnly From { get; }

    /// <summary>The day after the last that has gone by: what falls due falls due until then.</summary>
    public DateOnly Over { get; }

    /// <summary>The day after the last that has begun.</summary>
    public DateOnly To { get; }

    public DateOnly PeriodEnds { get; }

    public DateTimeOffset Starts => DateTimeOffset.FromUnixTimeMilliseconds(_boundsMs[0]);

    public DateTimeOffset Ends => DateTimeOffset.FromUnixTimeMilliseconds(_boundsMs[^1]);

    public int Count => To.DayNumber - From.DayNumber;

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Count).Select(From.AddDays);

    /// <summary>Ms since 1970 UTC at which a day begins, and at which the next one does.</summary>
    public (long StartMs, long EndMs) Of(DateOnly day) => (_boundsMs[day.DayNumber - From.DayNumber], _boundsMs[day.DayNumber - From.DayNumber + 1]);
}

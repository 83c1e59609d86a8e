using CommandCenter.Web;

namespace CommandCenter.Tracks.Meaning;

/// <summary>A worker's day in the center's zone.</summary>
public readonly record struct WorkerDay(int WorkerId, DateOnly Day);

/// <summary>What a worker's day amounts to. Metres, seconds, m/s.</summary>
public sealed record DaySum(
    int Fixes, int Dropped, long? FirstMs, long? LastMs, float LengthMeters, float MovingSeconds, float TopSpeedMps, int Trips, int Stops, float StoppedSeconds);

/// <summary>Which days an hour touches, when a day begins and ends, and what it amounts to. Pure.</summary>
public static class TrackDayRules
{
    /// <summary>A day is summed up for good so long after it ended: by then its last fixes are stored, unless they are late.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(10);

    /// <summary>A UTC hour may touch two days: zones are not whole hours off everywhere.</summary>
    public static IEnumerable<WorkerDay> DaysOf(IEnumerable<(int WorkerId, long HourMs)> hours, CenterOptions center)
    {
        var zone = center.Zone;
        return hours.Distinct()
            .SelectMany(hour => (WorkerDay[])[new(hour.WorkerId, DayOf(hour.HourMs)), new(hour.WorkerId, DayOf(hour.HourMs + TrackPiece.HourMilliseconds - 1))])
            .Distinct();

        DateOnly DayOf(long ms) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), zone).DateTime);
    }

    /// <summary>Inclusive and exclusive.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) BoundsOf(DateOnly day, CenterOptions center) => (StartOf(day, center), StartOf(day.AddDays(1), center));

    /// <summary>The oldest day that has not ended and settled.</summary>
    public static DateOnly RunningDay(DateTimeOffset now, CenterOptions center) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now - Settle, center.Zone).DateTime);

    public static DaySum SumOf(TrackMeaning meaning) => new(
        meaning.Fixes,
        meaning.Dropped,
        meaning.Times.Count == 0 ? null : meaning.Times[0],
        meaning.Times.Count == 0 ? null : meaning.Times[^1],
        (float)meaning.Meters,
        (float)meaning.MovingSeconds,
        (float)meaning.TopSpeedMps,
        meaning.Trips.Count,
        meaning.Stops.Count,
        meaning.Stops.Sum(stop => stop.ToMs - stop.FromMs) / 1_000f);

    private static DateTimeOffset StartOf(DateOnly day, CenterOptions center)
    {
        // Noon is on the day whatever the clocks do at its beginning.
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return center.StartOfDay(new DateTimeOffset(noon, center.Zone.GetUtcOffset(noon)));
    }
}

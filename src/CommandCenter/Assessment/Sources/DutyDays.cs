using CommandCenter.Assessment.Scoring;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Sources;

/// <summary>What a day was to a worker.</summary>
internal enum DayState
{
    /// <summary>Nobody expected a patrol.</summary>
    OffDuty,
    Patrolled,

    /// <summary>On duty with a phone that told where it was, and hardly patrolled.</summary>
    Missed,

    /// <summary>On duty, and no fix came all day: not the same as absent.</summary>
    PhoneDark,
    Excluded,
}

/// <summary>What each day was to a worker. Pure.</summary>
internal static class DutyDays
{
    public const string PhoneDark = "phone-dark";
    public const string OffDuty = "off-duty";

    public static string Word(this DayState state) => state switch
    {
        DayState.OffDuty => OffDuty,
        DayState.Patrolled => "patrolled",
        DayState.Missed => "missed",
        DayState.PhoneDark => PhoneDark,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <param name="facts">The worker's period.</param>
    /// <param name="day">One of <paramref name="days"/>.</param>
    /// <param name="days">The period.</param>
    /// <param name="excluded">Kind of what excludes the day; null: nothing.</param>
    /// <param name="settings">How much duty makes a day, and how much patrol.</param>
    public static DayState Of(WorkerFacts facts, DateOnly day, SourceDays days, string? excluded, PolicyTiming settings)
    {
        var (start, end) = days.Of(day);
        if (OnDutyMs(facts.Duty, start, end) < settings.DutyMinutes * 60_000L)
        {
            return DayState.OffDuty;
        }

        return excluded is not null ? DayState.Excluded
            : facts.CreditedMs.GetValueOrDefault(day) >= settings.PatrolMinutes * 60_000L ? DayState.Patrolled
            : facts.Days.GetValueOrDefault(day).Fixes == 0 && facts.CreditedMs.GetValueOrDefault(day) == 0 ? DayState.PhoneDark
            : DayState.Missed;
    }

    public static long OnDutyMs(IEnumerable<DutyPeriod> duty, long startMs, long endMs) =>
        duty.Sum(period => Math.Max(0, Math.Min(period.EndMs, endMs) - Math.Max(period.StartMs, startMs)));
}

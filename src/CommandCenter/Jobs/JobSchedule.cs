using System.Globalization;

namespace CommandCenter.Jobs;

/// <summary>When a job is due, in the center's zone. Kept as a cron expression with seconds first, which is what schedulers read.</summary>
public sealed record JobSchedule
{
    private JobSchedule(string cron) => Cron = cron;

    public string Cron { get; }

    public static JobSchedule Daily(TimeOnly at) => Of(at, "* * ?");

    public static JobSchedule Weekly(DayOfWeek day, TimeOnly at) => Of(at, $"? * {day.ToString()[..3].ToUpperInvariant()}");

    /// <param name="day">1 to 28: every month has it.</param>
    /// <param name="at">Time of that day.</param>
    public static JobSchedule Monthly(int day, TimeOnly at) => Of(at, $"{Day(day)} * ?");

    /// <summary>In January, April, July and October.</summary>
    /// <param name="day">1 to 28.</param>
    /// <param name="at">Time of that day.</param>
    public static JobSchedule Quarterly(int day, TimeOnly at) => Of(at, $"{Day(day)} 1,4,7,10 ?");

    /// <param name="minutes">A divisor of 60, so that the pauses are alike.</param>
    public static JobSchedule EveryMinutes(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(60 % minutes, 0, nameof(minutes));
        return new JobSchedule(minutes == 60 ? "0 0 * * * ?" : string.Create(CultureInfo.InvariantCulture, $"0 0/{minutes} * * * ?"));
    }

    /// <summary>For tests, which have not got a minute.</summary>
    internal static JobSchedule EverySeconds(int seconds) => new(string.Create(CultureInfo.InvariantCulture, $"0/{seconds} * * * * ?"));

    private static JobSchedule Of(TimeOnly at, string days) => new(string.Create(CultureInfo.InvariantCulture, $"0 {at.Minute} {at.Hour} {days}"));

    private static string Day(int day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, 28);
        return day.ToString(CultureInfo.InvariantCulture);
    }
}

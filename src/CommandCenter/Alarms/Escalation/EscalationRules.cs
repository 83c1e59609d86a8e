using System.Globalization;

namespace CommandCenter.Alarms.Escalation;

/// <summary>When an alarm's escalations are due.</summary>
internal static class EscalationRules
{
    /// <summary>When the level is due, ms since 1970 UTC; null: never.</summary>
    /// <param name="alarm">An alarm.</param>
    /// <param name="level">From 1.</param>
    /// <param name="options">The times.</param>
    public static long? DueMs(AlarmState alarm, int level, EscalationOptions options)
    {
        var kind = alarm.Press.Kind;
        var first = options.FirstSecondsOfKind.TryGetValue(kind.Word(), out var text) && TrySeconds(text, out var own) ? own
            : kind.Priority() <= options.LeastPriority ? options.FirstSeconds : 0;
        if (!alarm.IsUnanswered || first <= 0 || level < 1 || level > options.Most)
        {
            return null;
        }

        var seconds = first + (level == 1 ? 0 : options.SecondSeconds - options.FirstSeconds + ((level - 2) * options.RepeatSeconds));
        return alarm.ClockMs + (long)(seconds * 1_000);
    }

    /// <summary>The next level and when it is due; null when there is none.</summary>
    public static (int Level, long DueMs)? Next(AlarmState alarm, EscalationOptions options) =>
        DueMs(alarm, alarm.Level + 1, options) is { } due ? (alarm.Level + 1, due) : null;

    /// <summary>The highest level that is due: who was away for an hour escalates once, not sixty times. 0 when none is.</summary>
    public static int LevelAt(AlarmState alarm, long nowMs, EscalationOptions options)
    {
        var level = alarm.Level;
        while (DueMs(alarm, level + 1, options) <= nowMs)
        {
            level++;
        }

        return level > alarm.Level ? level : 0;
    }

    public static bool TrySeconds(string text, out double seconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= 0 and <= 86_400;
}

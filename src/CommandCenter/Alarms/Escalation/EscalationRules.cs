using System.Globalization;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;

namespace CommandCenter.Alarms.Escalation;

/// <summary>When an alarm's escalations are due.</summary>
internal static class EscalationRules
{
    /// <summary>When the level is due, ms since 1970 UTC; null: never.</summary>
    /// <param name="alarm">An alarm.</param>
    /// <param name="level">From 1.</param>
    /// <param name="options">The times.</param>
    /// <param name="tree">For times of areas.</param>
    public static long? DueMs(AlarmState alarm, int level, EscalationOptions options, AreaTree tree)
    {
        if (!alarm.IsUnanswered || level < 1 || level > options.Most || FirstSeconds(alarm, options, tree) is not (> 0 and var first))
        {
            return null;
        }

        var seconds = first + (level == 1 ? 0 : options.SecondSeconds - options.FirstSeconds + ((level - 2) * options.RepeatSeconds));
        return alarm.ClockMs + (long)(seconds * 1_000);
    }

    /// <summary>The next level and when it is due; null when there is none.</summary>
    public static (int Level, long DueMs)? Next(AlarmState alarm, EscalationOptions options, AreaTree tree) =>
        DueMs(alarm, alarm.Level + 1, options, tree) is { } due ? (alarm.Level + 1, due) : null;

    /// <summary>The highest level that is due: who was away for an hour escalates once, not sixty times. 0 when none is.</summary>
    public static int LevelAt(AlarmState alarm, long nowMs, EscalationOptions options, AreaTree tree)
    {
        var level = alarm.Level;
        while (DueMs(alarm, level + 1, options, tree) <= nowMs)
        {
            level++;
        }

        return level > alarm.Level ? level : 0;
    }

    /// <summary>The step's name: one for each level since the clock began, which it does anew when an alarm is opened again and when nobody comes after all.</summary>
    public static Guid StepId(AlarmState alarm, int level) =>
        AlarmIds.Step(alarm.Id, AlarmStep.Escalated, alarm.Reopened, string.Create(CultureInfo.InvariantCulture, $"{level}/{alarm.ClockMs}"));

    /// <summary>Whose turn it is: of level 1 the subdistrict of the place, or else of the home, from level 2 on the district; null where there is none.</summary>
    public static AreaNode? DeskOf(AlarmState alarm, AreaTree tree)
    {
        var node = (alarm.Press.PlaceAreaId is { } place ? tree.Find(place) : null) ?? tree.Find(alarm.Press.HomeAreaId);
        var kind = alarm.Level <= 1 ? AreaKind.Subdistrict : AreaKind.District;
        while (node is not null && alarm.Level > 0 && node.Area.Kind > kind)
        {
            node = node.Parent;
        }

        return alarm.Level > 0 ? node : null;
    }

    public static bool TrySeconds(string text, out double seconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= 0 and <= 86_400;

    /// <summary>Of the kind and, where that escalates at all, of the nearest area above the place, or else above the home; 0: never.</summary>
    private static double FirstSeconds(AlarmState alarm, EscalationOptions options, AreaTree tree)
    {
        var kind = alarm.Press.Kind;
        var first = options.FirstSecondsOfKind.TryGetValue(kind.Word(), out var text) && TrySeconds(text, out var own) ? own
            : kind.Priority() <= options.LeastPriority ? options.FirstSeconds : 0;
        return first <= 0 ? 0
            : (alarm.Press.PlaceAreaId is { } place ? OfArea(tree.Find(place), options) : null) ?? OfArea(tree.Find(alarm.Press.HomeAreaId), options) ?? first;
    }

    private static double? OfArea(AreaNode? node, EscalationOptions options)
    {
        for (; node is not null && options.FirstSecondsOfArea.Count > 0; node = node.Parent)
        {
            if (options.FirstSecondsOfArea.TryGetValue(node.Area.Code, out var text) && TrySeconds(text, out var seconds))
            {
                return seconds;
            }
        }

        return null;
    }
}

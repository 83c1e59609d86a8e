using CommandCenter.Areas;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Workers;

namespace CommandCenter.Alarms;

/// <summary>
/// Alarms as a viewer may see them: those of workers at home in the viewer's area and those that happen in it. Whoever is at home elsewhere is a stranger, of whom code and place are
/// told and nothing else.
/// </summary>
public sealed class AlarmViews(WorkerDirectory workers)
{
    public static bool Sees(AreaScope scope, AlarmState alarm) =>
        scope.Contains(alarm.Press.HomeAreaId) || (alarm.Press.PlaceAreaId is { } place && scope.Contains(place));

    /// <summary>Also when nobody knows any more who it was: where that one is at home is told to no more people than before.</summary>
    public static bool IsStranger(AreaScope scope, AlarmState alarm) =>
        (alarm.Press.WorkerId is not null || alarm.ErasedMs is not null) && !scope.Contains(alarm.Press.HomeAreaId);

    public AlarmInfo Info(AreaScope scope, AlarmState alarm)
    {
        var press = alarm.Press;
        return new AlarmInfo(
            alarm.Id.ToString("D"),
            press.Kind.Word(),
            press.Kind.Priority(),
            alarm.Stage.Word(),
            press.Worker,
            NameOf(scope, alarm),
            AreaOf(scope, alarm),
            PlaceOf(scope, alarm),
            AlarmTimes.Of(press.OccurredMs),
            AlarmTimes.Of(alarm.ArrivedMs),
            press.Late,
            press.OffDuty,
            press.Exercise,
            press.Longitude,
            press.Latitude,
            press.AccuracyMeters,
            alarm.Level,
            alarm.Repeats,
            alarm.AcknowledgedBy,
            AlarmTimes.Of(alarm.AcknowledgedMs),
            AlarmTimes.Of(alarm.ClosedMs),
            AlarmTimes.Of(alarm.ErasedMs),
            AlarmTimes.Of(alarm.ClockMs));
    }

    public WallAlarm OnWall(AreaScope scope, AlarmState alarm)
    {
        var press = alarm.Press;
        return new WallAlarm
        {
            Id = alarm.Id.ToString("D"),
            Version = alarm.Version,
            Kind = press.Kind.Word(),
            Priority = press.Kind.Priority(),
            State = alarm.Stage.Word(),
            Worker = press.Worker,
            Name = NameOf(scope, alarm),
            Area = AreaOf(scope, alarm),
            Place = PlaceOf(scope, alarm),
            OccurredAt = press.OccurredMs,
            ArrivedAt = alarm.ArrivedMs,
            WaitsSince = alarm.ClockMs,
            Late = press.Late,
            OffDuty = press.OffDuty,
            Exercise = press.Exercise,
            Longitude = press.Longitude,
            Latitude = press.Latitude,
            AccuracyMeters = press.AccuracyMeters,
            Level = alarm.Level,
            Repeats = alarm.Repeats,
            AcknowledgedBy = alarm.AcknowledgedBy,
            AcknowledgedAt = alarm.AcknowledgedMs,
        };
    }

    /// <summary>The worker, where the viewer may know who that is.</summary>
    public Worker? WorkerOf(AreaScope scope, AlarmState alarm) =>
        alarm.Press.WorkerId is { } id && !IsStranger(scope, alarm) ? workers.Current[id] : null;

    private string? NameOf(AreaScope scope, AlarmState alarm) => WorkerOf(scope, alarm)?.Name;

    private static string AreaOf(AreaScope scope, AlarmState alarm) =>
        (IsStranger(scope, alarm) ? PlaceOf(scope, alarm) : CodeOf(scope, alarm.Press.HomeAreaId)) ?? "";

    private static string? PlaceOf(AreaScope scope, AlarmState alarm) => alarm.Press.PlaceAreaId is { } place ? CodeOf(scope, place) : null;

    private static string? CodeOf(AreaScope scope, int areaId) => scope.Tree.Find(areaId)?.Area.Code;
}

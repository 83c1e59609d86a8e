using CommandCenter.Alarms;

namespace CommandCenter.Tests.Alarms;

/// <summary>Steps of alarms for tests.</summary>
internal static class Steps
{
    public const long RaisedMs = 1_750_000_000_000;

    public static readonly Guid Alarm = new("0198c0de-0000-7000-8000-000000000001");

    public static AlarmPress Press(string source = "d1", AlarmKind kind = AlarmKind.Sos) => new()
    {
        Kind = kind,
        Source = source,
        Given = Alarm,
        DeviceId = 1,
        WorkerId = 1,
        Worker = "YZ-0001",
        HomeAreaId = 10,
        OccurredMs = RaisedMs - 500,
        Longitude = 112.57,
        Latitude = 37.86,
        Note = "请求支援",
    };

    public static AlarmEvent Raised(string source = "d1", AlarmKind kind = AlarmKind.Sos) =>
        new() { Id = AlarmIds.Press(source, Alarm), Alarm = Alarm, Step = AlarmStep.Raised, AtMs = RaisedMs, Press = Press(source, kind) };

    /// <param name="step">Which.</param>
    /// <param name="second">After the alarm was raised.</param>
    /// <param name="by">Who.</param>
    /// <param name="of">Tells steps of one kind apart.</param>
    public static AlarmEvent Of(AlarmStep step, int second = 1, string? by = "emil", string of = "") => new()
    {
        Id = AlarmIds.Step(Alarm, step, 0, of),
        Alarm = Alarm,
        Step = step,
        AtMs = RaisedMs + (second * 1_000),
        By = by,
        Level = step == AlarmStep.Escalated ? Math.Max(1, second) : 0,
        Press = step == AlarmStep.Joined ? Press() : null,
    };

    public static AlarmState Fold(params IEnumerable<AlarmEvent> steps) => steps.Aggregate((AlarmState?)null, AlarmFold.Apply)!;
}

using CommandCenter.Alarms;

namespace CommandCenter.Tests.Alarms;

public sealed class AlarmIdsTests
{
    /// <summary>Stored for ever: a retry after an update must be the same alarm.</summary>
    [Test]
    public void NamesDoNotChange() => Assert.That(
        new[] { AlarmIds.OfReport(7, 1_750_000_000_000, AlarmKind.Sos), AlarmIds.Press("d7", Steps.Alarm), AlarmIds.Step(Steps.Alarm, AlarmStep.Escalated, 0, "1") }.Select(id => id.ToString("D")),
        Is.EqualTo(new[] { "895495b3-6877-550b-ba3a-a7c8912fe284", "6f775b5e-1e72-5f69-a965-cf09382d0de2", "8059c2f6-7aa2-554b-9686-624c49cf1589" }));

    [Test]
    public void TheyAreOfVersionFive() => Assert.That(AlarmIds.Press("d1", Steps.Alarm).Version, Is.EqualTo(5));

    [Test]
    public void DifferentThingsHaveDifferentNames() => Assert.That(
        new[]
        {
            AlarmIds.OfReport(1, 11, AlarmKind.Sos), AlarmIds.OfReport(11, 1, AlarmKind.Sos), AlarmIds.OfReport(1, 11, AlarmKind.Information),
            AlarmIds.Press("d1", Steps.Alarm), AlarmIds.Press("a1", Steps.Alarm), AlarmIds.Own("d1", Steps.Alarm),
            AlarmIds.Step(Steps.Alarm, AlarmStep.Acknowledged, 0), AlarmIds.Step(Steps.Alarm, AlarmStep.Acknowledged, 1), AlarmIds.Step(Steps.Alarm, AlarmStep.Shown, 0, "1"),
        },
        Is.Unique);
}

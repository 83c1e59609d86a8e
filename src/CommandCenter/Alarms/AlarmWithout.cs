namespace CommandCenter.Alarms;

/// <summary>What is left of an alarm when what it says of people is deleted: that there was one, of which kind, when, in whose area, and who of the center did what. Pure.</summary>
internal static class AlarmWithout
{
    /// <summary>In place of a sender: nobody has it, so that nobody's press is taken for the erased one's.</summary>
    public const string Sender = "";

    /// <summary>Steps whose payload says nothing of whom an alarm is about: what walls and the clock did, and that it was erased.</summary>
    public static readonly IReadOnlyList<string> StepsOfNobody = [AlarmStep.Shown.Word(), AlarmStep.Escalated.Word(), AlarmStep.Erased.Word()];

    public static bool IsOfNobody(AlarmStep step) => step is AlarmStep.Shown or AlarmStep.Escalated or AlarmStep.Erased;

    /// <summary>Neither who, which phone, where exactly nor what was said. The areas stay: by them it is decided who may see that there was an alarm.</summary>
    public static AlarmPress People(AlarmPress press) => press with
    {
        Source = Sender,
        Given = Guid.Empty,
        DeviceId = null,
        WorkerId = null,
        Worker = null,
        Longitude = null,
        Latitude = null,
        AccuracyMeters = null,
        Note = null,
    };
}

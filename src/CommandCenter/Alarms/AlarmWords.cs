using System.Text.Json;

namespace CommandCenter.Alarms;

/// <summary>What an alarm is about. The words are stored: never change one.</summary>
public enum AlarmKind
{
    Sos,
    LostContact,
    LeftGrid,
    Stationary,
    LowBattery,
    Information,
}

/// <summary>Where an alarm stands.</summary>
public enum AlarmStage
{
    Raised,
    Acknowledged,
    Assigned,
    OnScene,
    Resolved,
    FalseAlarm,
}

/// <summary>An entry of an alarm's ledger.</summary>
public enum AlarmStep
{
    Raised,

    /// <summary>A further press of a device that has as many open alarms as it may.</summary>
    Joined,

    /// <summary>A wall has drawn it.</summary>
    Shown,
    Acknowledged,
    Escalated,
    Assigned,

    /// <summary>Of those who were sent nobody comes: it waits for an answer again, and escalates again where nobody has acknowledged it.</summary>
    Unassigned,
    OnScene,
    Resolved,
    FalseAlarm,
    Reopened,
    Note,

    /// <summary>A file was put beside it.</summary>
    Attached,

    /// <summary>What it said of people was deleted.</summary>
    Erased,
}

/// <summary>The words on the wire and in the store, and what follows from a kind or a stage alone.</summary>
public static class AlarmWords
{
    public static readonly IReadOnlyDictionary<string, AlarmKind> Kinds = WordsOf<AlarmKind>();
    public static readonly IReadOnlyDictionary<string, AlarmStage> Stages = WordsOf<AlarmStage>();
    public static readonly IReadOnlyDictionary<string, AlarmStep> Steps = WordsOf<AlarmStep>();

    public static string Word<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>1 to 4; 1 is the most urgent.</summary>
    public static int Priority(this AlarmKind kind) => kind switch
    {
        AlarmKind.Sos => 1,
        AlarmKind.LostContact => 2,
        AlarmKind.Information => 4,
        _ => 3,
    };

    public static bool IsClosed(this AlarmStage stage) => stage is AlarmStage.Resolved or AlarmStage.FalseAlarm;

    /// <summary>A device raises no other.</summary>
    public static bool IsOfDevices(this AlarmKind kind) => kind is AlarmKind.Sos or AlarmKind.Information;

    private static Dictionary<string, T> WordsOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.Word(), StringComparer.Ordinal);
}

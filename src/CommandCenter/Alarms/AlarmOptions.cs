using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CommandCenter.Alarms;

/// <summary>Section <c>Alarms</c>: the alarm lane.</summary>
public sealed class AlarmOptions
{
    public const string Section = "Alarms";

    /// <summary>Seconds between an alarm's occurring and its arrival past which it is called late, and a wall tells both times.</summary>
    [Range(1, 86_400)]
    public int LateSeconds { get; set; } = 120;

    /// <summary>Open alarms of one device and kind; presses past it join the newest of them, so that none is lost and no wall is flooded.</summary>
    [Range(1, 1_000)]
    public int MostOpenOfADevice { get; set; } = 20;

    /// <summary>Minutes for which nodes keep a closed alarm in memory, to know a late retry of its press at once.</summary>
    [Range(1, 1_440)]
    public int RememberClosedMinutes { get; set; } = 60;

    /// <summary>Minutes of the log that are kept in Redis although they are stored, for nodes that were held up.</summary>
    [Range(0.01, 1_440)]
    public double LogMarginMinutes { get; set; } = 60;

    /// <summary>Seconds between two looks for what may go from the log in Redis.</summary>
    [Range(0.1, 3_600)]
    public double TrimSeconds { get; set; } = 60;

    /// <summary>Hours after its end within which an alarm may be opened again.</summary>
    [Range(1, 720)]
    public int ReopenHours { get; set; } = 24;

    /// <summary>Days after its end for which an alarm takes notes and attachments.</summary>
    [Range(1, 3_650)]
    public int NoteDays { get; set; } = 30;

    /// <summary>Largest attachment, MB (1,048,576 bytes).</summary>
    [Range(1, 100)]
    public int AttachmentMegabytes { get; set; } = 10;

    /// <summary>Attachments of an alarm.</summary>
    [Range(1, 1_000)]
    public int MostAttachments { get; set; } = 20;

    /// <summary>MB that attachments on their way in take of this node's memory; senders past it are asked to come again.</summary>
    [Range(1, 4_096)]
    public int AttachmentsInFlightMegabytes { get; set; } = 128;

    /// <summary>Minutes between two signed lists of the ledgers' last hashes in the data folder's <c>alarm-heads</c>.</summary>
    [Range(0.01, 1_440)]
    public double SignHeadsMinutes { get; set; } = 60;

    /// <summary>Days from an alarm's end after which it no longer says who, where exactly and what was said; that there was one is kept longer. At most KeepDays.</summary>
    [Range(2, 36_500)]
    public int KeepWordsDays { get; set; } = 365;

    /// <summary>Days from an alarm's end after which it goes as a whole, with its ledger (three years). Signed lists of hashes stay.</summary>
    [Range(2, 36_500)]
    public int KeepDays { get; set; } = 1_095;
}

internal sealed class AlarmOptionsValidation : IValidateOptions<AlarmOptions>
{
    public ValidateOptionsResult Validate(string? name, AlarmOptions options) => options.KeepWordsDays <= options.KeepDays
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{AlarmOptions.Section}:KeepWordsDays is {options.KeepWordsDays}; it must be at most KeepDays, {options.KeepDays}.");
}

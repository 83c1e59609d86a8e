namespace CommandCenter.Contracts.Alarms;

/// <summary>An alarm as it stands: an item of <c>GET /api/alarms</c>, newest arrival first.</summary>
/// <param name="Id">UUID, in small letters.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Priority">1 (SOS) to 4 (information).</param>
/// <param name="State">raised, acknowledged, assigned, onScene, resolved or falseAlarm.</param>
/// <param name="Worker">Code of whom it is about; null when it is about nobody of the roster.</param>
/// <param name="Name">Null for a stranger: a worker whose home lies outside the viewer's area.</param>
/// <param name="Area">Code of the worker's home area; of the place where there is no worker or it is a stranger.</param>
/// <param name="Place">Code of the smallest area its position lies in; null when that is not known.</param>
/// <param name="OccurredAt">By the phone's clock.</param>
/// <param name="ArrivedAt">By the server's.</param>
/// <param name="Late">It arrived so long after it occurred that a reader must be told both.</param>
/// <param name="OffDuty">The worker was off duty when it occurred.</param>
/// <param name="Exercise">A drill.</param>
/// <param name="Longitude">WGS-84 degrees; null when it came without a place.</param>
/// <param name="Latitude">WGS-84 degrees.</param>
/// <param name="AccuracyMeters">Radius.</param>
/// <param name="Level">How often it has escalated for want of an acknowledgement: 0 at first.</param>
/// <param name="Repeats">Further presses that joined its ledger.</param>
/// <param name="AcknowledgedBy">User name; null while nobody has.</param>
/// <param name="AcknowledgedAt">When.</param>
/// <param name="ClosedAt">When it was resolved or found false; null while open.</param>
/// <param name="ErasedAt">When what it said of people was deleted: there is no worker, exact place or note any more. Null: it was not.</param>
/// <param name="WaitsSince">From when its clock runs while nobody has acknowledged it: its arrival, or when it was opened again.</param>
public record AlarmInfo(
    string Id,
    [property: OneOf("sos", "lostContact", "leftGrid", "stationary", "lowBattery", "information")] string Kind,
    int Priority,
    [property: OneOf("raised", "acknowledged", "assigned", "onScene", "resolved", "falseAlarm")] string State,
    string? Worker,
    string? Name,
    string Area,
    string? Place,
    DateTimeOffset OccurredAt,
    DateTimeOffset ArrivedAt,
    bool Late,
    bool OffDuty,
    bool Exercise,
    double? Longitude,
    double? Latitude,
    double? AccuracyMeters,
    int Level,
    int Repeats,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? ErasedAt,
    DateTimeOffset WaitsSince);

/// <summary>
/// An alarm with its ledger, as answered by <c>GET /api/alarms/{id}</c>: the members of the list's item and these beside them. The look is on the audit trail, and the note
/// is told only where the worker is no stranger.
/// </summary>
public sealed record AlarmDetail : AlarmInfo
{
    /// <param name="alarm">As in the list.</param>
    public AlarmDetail(AlarmInfo alarm)
        : base(alarm)
    {
    }

    /// <summary>What the phone said.</summary>
    public string? Note { get; init; }

    /// <summary>Number of the worker; null for walls and of strangers.</summary>
    public string? Phone { get; init; }

    /// <summary>All that happened, in order.</summary>
    public IReadOnlyList<AlarmEntry> Ledger { get; init; } = [];

    /// <summary>Every entry's hash follows from the one before and from what it says.</summary>
    public bool Intact { get; init; }

    /// <summary>False while the ledger waits in Redis to be written through: more may follow.</summary>
    public bool Stored { get; init; }

    /// <summary>Until when notes and attachments are taken; null while it is open.</summary>
    public DateTimeOffset? NotesUntil { get; init; }

    /// <summary>Bytes of an attachment at most.</summary>
    public int MostAttachmentBytes { get; init; }

    /// <summary>Attachments of an alarm at most.</summary>
    public int MostAttachments { get; init; }
}

/// <summary>One step of an alarm's ledger.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="At">By the server's clock.</param>
/// <param name="Step">raised, joined, shown, acknowledged, escalated, assigned, unassigned, onScene, resolved, falseAlarm, reopened, note, attached or erased.</param>
/// <param name="By">User name, code of the worker whose phone did it, or the name of the wall that drew it; null where the center itself did it.</param>
/// <param name="Text">A reason, a level, what joined, a note, the name of a file; null when it was deleted or there is none.</param>
/// <param name="Hash">SHA-256 over the one before and this entry, in hexadecimal; empty while it is not stored.</param>
/// <param name="Via">Of a note or a file that somebody added: from a desk or a phone; null of every other step.</param>
/// <param name="AfterEnd">It was added after the alarm had ended.</param>
/// <param name="Attachment">The file that was attached.</param>
/// <param name="WordsDeleted">What was said in this step was deleted; the hashes hold all the same.</param>
public sealed record AlarmEntry(
    int Number,
    DateTimeOffset At,
    [property: OneOf("raised", "joined", "shown", "acknowledged", "escalated", "assigned", "unassigned", "onScene", "resolved", "falseAlarm", "reopened", "note", "attached", "erased")] string Step,
    string? By,
    string? Text,
    string Hash,
    [property: OneOf("desk", "phone")] string? Via = null,
    bool AfterEnd = false,
    AlarmAttachment? Attachment = null,
    bool WordsDeleted = false);

using CommandCenter.Alarms;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Workers;

namespace CommandCenter.Dispatch.Report;

/// <summary>All that a printed report says. <c>Hashes</c>: SHA-256 of the files as they are stored now, by id.</summary>
internal sealed record AlarmReport(
    AlarmState Alarm,
    Worker? Worker,
    bool IsStranger,
    string Home,
    string? Place,
    IReadOnlyList<AlarmEntry> Ledger,
    bool Intact,
    bool Stored,
    IReadOnlyList<AssignmentInfo> Sent,
    IReadOnlyDictionary<string, string> Hashes,
    string By,
    DateTimeOffset At);

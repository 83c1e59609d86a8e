using System.Text.Json;

namespace CommandCenter.Contracts.Assessment;

/// <summary>What stands behind an indicator; what there is is set. As answered by <c>GET /api/assessment/scores/{id}/evidence/{indicator}</c>.</summary>
/// <param name="Score">Of which.</param>
/// <param name="Indicator">Of which.</param>
/// <param name="Kind">What <see cref="ScoreEvidenceMark"/> said.</param>
/// <param name="Numerator">What was done.</param>
/// <param name="Denominator">What was to be done.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">The day after its last.</param>
/// <param name="Cells">GeoJSON: squares of a row side by side that are alike, with <c>visited</c> of <c>due</c> spans and how many <c>cells</c>.</param>
/// <param name="Alarms">Newest first, at most 5,000.</param>
/// <param name="Assignments">Newest first, at most 5,000.</param>
/// <param name="Days">In their order.</param>
/// <param name="Parts">Scores that it is the sum of: of people and areas below, or of a quarter's months.</param>
public sealed record ScoreEvidence(
    long Score,
    string Indicator,
    [property: OneOf("cells", "alarms", "assignments", "days", "parts")] string Kind,
    double? Numerator,
    double? Denominator,
    string From,
    string To,
    JsonElement? Cells,
    IReadOnlyList<EvidenceAlarm>? Alarms,
    IReadOnlyList<EvidenceAssignment>? Assignments,
    IReadOnlyList<EvidenceDay>? Days,
    IReadOnlyList<EvidencePart>? Parts);

/// <param name="Id">The alarm's.</param>
/// <param name="Kind">The alarm's.</param>
/// <param name="At">When it arrived.</param>
/// <param name="AcknowledgedAt">Null: not at all.</param>
/// <param name="Seconds">Between.</param>
/// <param name="Within">In time.</param>
public sealed record EvidenceAlarm(string Id, string Kind, DateTimeOffset At, DateTimeOffset? AcknowledgedAt, double? Seconds, bool Within);

/// <param name="Id">The assignment's.</param>
/// <param name="Alarm">To which they were sent.</param>
/// <param name="At">When.</param>
/// <param name="DoneAt">Accepted, on scene or cleared, as the indicator asks; null: not at all.</param>
/// <param name="Seconds">Between.</param>
/// <param name="Within">In time.</param>
public sealed record EvidenceAssignment(string Id, string Alarm, DateTimeOffset At, DateTimeOffset? DoneAt, double? Seconds, bool Within);

/// <param name="Day">Such as 2026-10-01.</param>
/// <param name="State">What it was, or what excluded it.</param>
/// <param name="Seconds">Credited or recorded.</param>
/// <param name="Meters">Where the way is counted.</param>
public sealed record EvidenceDay(
    string Day, [property: OneOf("patrolled", "missed", "phone-dark", "leave", "rest-day", "no-signal", "counted")] string State, double? Seconds, double? Meters);

/// <param name="Score">For its own evidence.</param>
/// <param name="SubjectKind">What it is of.</param>
/// <param name="Subject">Code; null: erased.</param>
/// <param name="Name">As it is now.</param>
/// <param name="Starts">First day of its period.</param>
/// <param name="Numerator">What was done.</param>
/// <param name="Denominator">What was to be done.</param>
public sealed record EvidencePart(
    long Score, [property: OneOf("worker", "grid", "community", "subdistrict", "department")] string SubjectKind, string? Subject, string? Name, string Starts, double? Numerator, double? Denominator);

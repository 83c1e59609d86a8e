namespace CommandCenter.Assessment.Sources;

/// <summary>What stands behind an indicator's number, as it is frozen: one of the lists is set, or none where the parts of a sum have theirs.</summary>
/// <param name="DueSpans">Of the squares: in how many spans each was due.</param>
/// <param name="Cells">Squares of the unit grid.</param>
/// <param name="Alarms">Newest first.</param>
/// <param name="Assignments">Newest first.</param>
/// <param name="Days">In their order.</param>
internal sealed record Evidence(
    int? DueSpans = null,
    IReadOnlyList<CellRun>? Cells = null,
    IReadOnlyList<AlarmFact>? Alarms = null,
    IReadOnlyList<AssignmentFact>? Assignments = null,
    IReadOnlyList<DayFact>? Days = null)
{
    public const int MostItems = 5_000;

    public string Kind => Cells is not null ? "cells" : Alarms is not null ? "alarms" : Assignments is not null ? "assignments" : "days";

    public int Count => Cells?.Sum(run => run.Cells) ?? Alarms?.Count ?? Assignments?.Count ?? Days?.Count ?? 0;
}

/// <summary>An alarm that counted. <paramref name="Seconds"/> until it was acknowledged; null: it was not.</summary>
internal sealed record AlarmFact(Guid Id, string Kind, long AtMs, long? AcknowledgedMs, double? Seconds, bool Within);

/// <summary>Somebody sent to an alarm. <paramref name="Seconds"/> until what the indicator asks for was done; null: it was not.</summary>
internal sealed record AssignmentFact(Guid Id, Guid Alarm, long AtMs, long? DoneMs, double? Seconds, bool Within);

/// <summary>A day. <paramref name="Seconds"/> of credited or recorded time; <paramref name="Meters"/> where the way is counted.</summary>
internal sealed record DayFact(DateOnly Day, string State, double? Seconds, double? Meters = null);

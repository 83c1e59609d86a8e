using CommandCenter.Workers;

namespace CommandCenter.Assessment.Sources;

/// <summary>A worker who is assessed, with the home that counts.</summary>
internal sealed record AssessedWorker(int Id, string Code, int HomeAreaId);

/// <summary>What is known of a worker's period.</summary>
internal sealed class WorkerFacts(AssessedWorker worker)
{
    public AssessedWorker Worker { get; } = worker;

    public List<DutyPeriod> Duty { get; } = [];

    public Dictionary<DateOnly, TrackedDay> Days { get; } = [];

    /// <summary>Credited ms by day.</summary>
    public Dictionary<DateOnly, long> CreditedMs { get; } = [];

    /// <summary>Newest first.</summary>
    public List<AssignmentRecord> Assignments { get; } = [];
}

/// <summary>A day as it was summed up from the track.</summary>
internal readonly record struct TrackedDay(int Fixes, double Seconds, double Meters);

/// <summary>When somebody was sent and how it went on; ms since 1970 UTC.</summary>
internal sealed record AssignmentRecord(Guid Id, Guid Alarm, bool Exercise, short State, long SentMs, long? AcceptedMs, long? OnSceneMs, long? ClearedMs);

/// <summary>An alarm and the area that answers for it.</summary>
internal sealed record AlarmRecord(Guid Id, string Kind, int AreaId, bool Exercise, long ArrivedMs, long? AcknowledgedMs);

/// <summary>Days that are nobody's fault, of one worker or of all at home in an area and the areas below.</summary>
internal sealed record ExcludedDays(int? WorkerId, int AreaId, string Kind, DateOnly From, DateOnly To);

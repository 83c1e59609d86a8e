namespace CommandCenter.Dispatch.Assignments;

/// <summary>An assignment as it is stored.</summary>
internal sealed class AssignmentRow
{
    public Guid Id { get; init; }

    public Guid Team { get; init; }

    public Guid AlarmId { get; init; }

    /// <summary>0: the worker's data were erased.</summary>
    public int WorkerId { get; init; }

    public int AreaId { get; init; }

    public short State { get; init; }

    public string? Note { get; init; }

    public int AccountId { get; init; }

    public string SentBy { get; init; } = "";

    public DateTime SentAt { get; init; }

    public DateTime? AnswerBy { get; init; }

    public DateTime ChangedAt { get; init; }

    public int Steps { get; init; }
}

/// <summary>A step of one as it is stored.</summary>
internal sealed class AssignmentStepRow
{
    public Guid AssignmentId { get; init; }

    public int Number { get; init; }

    public short State { get; init; }

    public DateTime At { get; init; }

    public string? ByName { get; init; }

    public bool Implied { get; init; }

    public string? Note { get; init; }
}

using System.Collections.Immutable;

namespace CommandCenter.Alarms;

/// <summary>An alarm as its steps have made it.</summary>
public sealed record AlarmState
{
    public required Guid Id { get; init; }

    /// <summary>What raised it.</summary>
    public required AlarmPress Press { get; init; }

    public required long ArrivedMs { get; init; }

    public AlarmStage Stage { get; init; }

    /// <summary>The highest escalation since it was raised or opened again.</summary>
    public int Level { get; init; }

    /// <summary>Presses that joined.</summary>
    public int Repeats { get; init; }

    public string? AcknowledgedBy { get; init; }

    public long? AcknowledgedMs { get; init; }

    public long? ClosedMs { get; init; }

    /// <summary>When the first wall had drawn it.</summary>
    public long? ShownMs { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }

    /// <summary>From when the running clock and the escalations count: its arrival, or when it was opened again.</summary>
    public required long ClockMs { get; init; }

    /// <summary>When what it says of people was deleted; null: it was not.</summary>
    public long? ErasedMs { get; init; }

    /// <summary>Grows with each step but those that only say who has drawn it.</summary>
    public long Version { get; init; }

    /// <summary>Steps that are in it.</summary>
    public ImmutableHashSet<Guid> Seen { get; init; } = [];

    public bool IsOpen => !Stage.IsClosed();

    /// <summary>It escalates with time.</summary>
    public bool IsUnanswered => Stage == AlarmStage.Raised;
}

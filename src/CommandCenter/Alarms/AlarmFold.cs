namespace CommandCenter.Alarms;

/// <summary>
/// What a step makes of an alarm. A step that is in it already, or that says what cannot be (resolving the resolved), changes nothing but that it is in it: so all nodes and the
/// store, which read the same steps in one order, hold the same, however often they read them.
/// </summary>
public static class AlarmFold
{
    /// <summary>The alarm after the step; null when there is none, for none was raised.</summary>
    public static AlarmState? Apply(AlarmState? state, AlarmEvent step)
    {
        if (state is null)
        {
            return step is { Step: AlarmStep.Raised, Press: { } press } ? Raised(step, press) : null;
        }

        if (state.Seen.Contains(step.Id))
        {
            return state;
        }

        var next = state with { Seen = state.Seen.Add(step.Id), Version = state.Version + (step.Step == AlarmStep.Shown ? 0 : 1) };
        return step.Step switch
        {
            AlarmStep.Joined => (next.IsOpen ? next : OpenAgain(next, step)) with { Repeats = next.Repeats + 1 },
            AlarmStep.Shown => next with { ShownMs = Math.Min(next.ShownMs ?? long.MaxValue, step.AtMs) },
            AlarmStep.Acknowledged when next.IsOpen && next.AcknowledgedBy is null =>
                next with { Stage = next.Stage == AlarmStage.Raised ? AlarmStage.Acknowledged : next.Stage, AcknowledgedBy = step.By, AcknowledgedMs = step.AtMs },
            AlarmStep.Escalated when next.IsUnanswered => next with { Level = Math.Max(next.Level, step.Level) },
            AlarmStep.Assigned when next.IsOpen && next.Stage != AlarmStage.OnScene => next with { Stage = AlarmStage.Assigned },
            AlarmStep.Unassigned when next.Stage == AlarmStage.Assigned => next.AcknowledgedBy is null
                ? next with { Stage = AlarmStage.Raised, Level = 0, ClockMs = step.AtMs }
                : next with { Stage = AlarmStage.Acknowledged },
            AlarmStep.OnScene when next.IsOpen => next with { Stage = AlarmStage.OnScene },
            AlarmStep.Resolved when next.IsOpen => next with { Stage = AlarmStage.Resolved, ClosedMs = step.AtMs },
            AlarmStep.FalseAlarm when next.IsOpen => next with { Stage = AlarmStage.FalseAlarm, ClosedMs = step.AtMs },
            AlarmStep.Reopened when !next.IsOpen => OpenAgain(next, step),
            AlarmStep.Erased => next with { ErasedMs = next.ErasedMs ?? step.AtMs, Press = AlarmWithout.People(next.Press) },
            _ => next,
        };
    }

    /// <summary>
    /// Whose step it is: two senders may have thought of one id, and then the second one's alarm has an id of its own.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="owner">Source of the alarm that has the step's id; null when there is none.</param>
    public static Guid AlarmOf(AlarmEvent step, string? owner) =>
        step is { Step: AlarmStep.Raised, Press: { } press } && owner is not null && owner != press.Source ? AlarmIds.Own(press.Source, step.Alarm) : step.Alarm;

    private static AlarmState Raised(AlarmEvent step, AlarmPress press) => new()
    {
        Id = step.Alarm,
        Press = press,
        ArrivedMs = step.AtMs,
        ClockMs = step.AtMs,
        Version = 1,
        Seen = [step.Id],
    };

    /// <summary>A press that joins what was closed in the same moment must not go unseen, so it opens it, too.</summary>
    private static AlarmState OpenAgain(AlarmState state, AlarmEvent step) => state with
    {
        Stage = AlarmStage.Raised,
        Level = 0,
        AcknowledgedBy = null,
        AcknowledgedMs = null,
        ClosedMs = null,
        Reopened = state.Reopened + 1,
        ClockMs = step.AtMs,
    };
}

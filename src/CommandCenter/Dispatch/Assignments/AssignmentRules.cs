namespace CommandCenter.Dispatch.Assignments;

/// <summary>
/// The way of an assignment: dispatched, accepted, en route, on scene, handling, cleared; it never goes back. A later state sets those in between with it, so that none is
/// skipped. Pure.
/// </summary>
public static class AssignmentRules
{
    public static readonly IReadOnlyDictionary<string, AssignmentState> Words = Enum.GetValues<AssignmentState>().ToDictionary(Name, StringComparer.Ordinal);

    /// <summary>What may be asked for from outside.</summary>
    public static readonly IReadOnlyDictionary<string, AssignmentState> Settable =
        Words.Where(word => word.Value is not (AssignmentState.Dispatched or AssignmentState.NoAnswer)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The word on the wire.</summary>
    public static string Name(this AssignmentState state) => state switch
    {
        AssignmentState.Dispatched => "dispatched",
        AssignmentState.Accepted => "accepted",
        AssignmentState.EnRoute => "enRoute",
        AssignmentState.OnScene => "onScene",
        AssignmentState.Handling => "handling",
        AssignmentState.Cleared => "cleared",
        AssignmentState.Declined => "declined",
        AssignmentState.NoAnswer => "noAnswer",
        AssignmentState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The worker is taken, and nobody else can send them.</summary>
    public static bool IsOpen(this AssignmentState state) => state <= AssignmentState.Handling;

    /// <summary>The states to set, the last of them <paramref name="to"/>; empty: it stands already (a retry). Null: it cannot come to that any more.</summary>
    public static IReadOnlyList<AssignmentState>? Steps(AssignmentState from, AssignmentState to, AssignmentActor actor)
    {
        if (from == to)
        {
            return [];
        }

        if (!MaySet(to, actor) || !from.IsOpen())
        {
            // Who answers a little late is still welcome, as long as nobody else was told otherwise.
            return from == AssignmentState.NoAnswer && to == AssignmentState.Accepted && (actor is AssignmentActor.Dispatcher or AssignmentActor.Phone) ? [to] : null;
        }

        return to switch
        {
            AssignmentState.Cancelled => [to],
            AssignmentState.Declined => from <= AssignmentState.Accepted ? [to] : null,
            AssignmentState.NoAnswer => from == AssignmentState.Dispatched ? [to] : null,
            _ when to < from => null,
            _ => [.. Enumerable.Range((int)from + 1, to - from).Select(state => (AssignmentState)state)],
        };
    }

    private static bool MaySet(AssignmentState to, AssignmentActor actor) => to switch
    {
        AssignmentState.Dispatched => false,
        AssignmentState.NoAnswer => actor == AssignmentActor.Clock,
        AssignmentState.Cancelled => actor is AssignmentActor.Dispatcher or AssignmentActor.Closing,
        AssignmentState.Cleared => actor != AssignmentActor.Clock,
        _ => actor is AssignmentActor.Dispatcher or AssignmentActor.Phone,
    };
}

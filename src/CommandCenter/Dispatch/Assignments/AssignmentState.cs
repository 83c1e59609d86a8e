namespace CommandCenter.Dispatch.Assignments;

/// <summary>Where somebody who was sent stands. Values are stored; up to <see cref="Handling"/> the worker is taken.</summary>
public enum AssignmentState : short
{
    /// <summary>已派: offered, no answer yet.</summary>
    Dispatched = 1,

    /// <summary>签收</summary>
    Accepted = 2,

    /// <summary>途中</summary>
    EnRoute = 3,

    /// <summary>到场</summary>
    OnScene = 4,

    /// <summary>处置</summary>
    Handling = 5,

    /// <summary>完成</summary>
    Cleared = 6,
    Declined = 7,

    /// <summary>Not answered in time.</summary>
    NoAnswer = 8,
    Cancelled = 9,
}

/// <summary>Who sets a state.</summary>
public enum AssignmentActor
{
    Dispatcher,

    /// <summary>The worker's own phone.</summary>
    Phone,

    /// <summary>The center's clock: no answer came.</summary>
    Clock,

    /// <summary>The center, because the alarm was closed.</summary>
    Closing,
}

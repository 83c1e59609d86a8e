namespace CommandCenter.Jobs;

/// <summary>Stored as numbers: never change one.</summary>
public enum JobRunState
{
    Queued = 0,

    /// <summary>Also when its node has died and none has taken it up yet.</summary>
    Running = 1,
    Succeeded = 2,
    Failed = 3,
    Cancelled = 4,
}

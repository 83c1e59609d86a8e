namespace CommandCenter.Assessment.Sources;

/// <summary>What counts as done, and in time.</summary>
/// <param name="AcknowledgeSeconds">From an alarm's arrival until the desk has acknowledged it.</param>
/// <param name="AcceptSeconds">From being sent until the worker has accepted.</param>
/// <param name="ArriveSeconds">From being sent until on scene.</param>
/// <param name="DoneSeconds">From being sent until cleared.</param>
/// <param name="PatrolMinutes">Credited time that makes a day a patrolled one.</param>
/// <param name="DutyMinutes">Time on duty that makes a day one on which a patrol is expected.</param>
internal sealed record SourceSettings(int AcknowledgeSeconds, int AcceptSeconds, int ArriveSeconds, int DoneSeconds, int PatrolMinutes, int DutyMinutes);

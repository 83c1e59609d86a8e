namespace CommandCenter.Jobs;

/// <summary>
/// Work over a window of whole days: read, pure rules, write. Run again for the same window it leaves the same rows, so that a run which was killed half-way is simply
/// run again. Made anew for each run in a scope of its own; knows no scheduler.
/// </summary>
public interface IWindowJob
{
    /// <summary>Throws what went wrong: the run then failed, with the exception's message as its cause. Stops soon after it is asked to.</summary>
    Task<JobOutcome> RunAsync(JobWindow window, JobProgress progress, CancellationToken cancellationToken);
}

/// <summary>What a run did, for people and for numbers beside each other.</summary>
/// <param name="Text">One sentence; no personal data. At most 1,000 characters are kept.</param>
/// <param name="Counts">By name, such as <c>cells</c>; at most 40 are kept.</param>
public sealed record JobOutcome(string Text, IReadOnlyDictionary<string, long>? Counts = null);

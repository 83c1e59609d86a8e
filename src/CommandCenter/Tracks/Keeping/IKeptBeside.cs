using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Keeping;

/// <summary>What floors above keep for a time of its own; the keeper's round lets it go when that is over, and administrators are told how long it is.</summary>
internal interface IKeptBeside
{
    /// <summary>By which the meter tells its deletions apart.</summary>
    string Why { get; }

    IReadOnlyList<KeptBeside> Figures { get; }

    /// <summary>Each step is told as it is done; the caller may stop between two.</summary>
    Task<Deleted> RunAsync(Func<Deleted, CancellationToken, Task> afterStep, CancellationToken cancellationToken);
}

using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Jobs;

/// <summary>Section <c>Jobs</c>: background jobs over windows of days.</summary>
public sealed class JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>Whether this node runs jobs; runs can be asked for on it all the same, and another node does them.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Jobs that this node runs beside each other; one job never runs twice at the same time, on whichever node.</summary>
    [Range(1, 16)]
    public int MostAtOnce { get; set; } = 2;

    /// <summary>How often to look for runs that were left lying by a node that died, and for jobs that are late, seconds.</summary>
    [Range(0.1, 3_600)]
    public double LookSeconds { get; set; } = 30;

    /// <summary>How often a node tells the others that it lives, seconds; after twice as long without a word they take up its jobs.</summary>
    [Range(1, 300)]
    public double CheckInSeconds { get; set; } = 10;

    /// <summary>A run whose node died under it is begun again so often in all; then it has failed.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; set; } = 5;

    /// <summary>Days for which ended runs are kept.</summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 400;

    /// <summary>Ended runs of one job that are kept, the newest.</summary>
    [Range(10, 1_000_000)]
    public int KeepRuns { get; set; } = 5_000;
}

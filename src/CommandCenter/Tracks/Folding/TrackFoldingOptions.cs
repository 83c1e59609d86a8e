using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Tracks.Folding;

/// <summary>Section <c>TrackFolding</c>: how pieces become one segment a worker and hour.</summary>
public sealed class TrackFoldingOptions
{
    public const string Section = "TrackFolding";

    /// <summary>False: pieces stay as they were written, also those there are, and days are not summed up.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Seconds between two looks for what may be folded.</summary>
    [Range(0.05, 3_600)]
    public double LookSeconds { get; set; } = 30;

    /// <summary>Minutes after the end of an hour from which on all its pieces are folded.</summary>
    [Range(0, 1_440)]
    public double QuietMinutes { get; set; } = 5;

    /// <summary>Pieces of one worker's hour from which on they are folded before the hour is over.</summary>
    [Range(2, 10_000)]
    public int Pieces { get; set; } = 10;

    /// <summary>Fixes folded in one transaction and held in memory for it.</summary>
    [Range(1_000, 10_000_000)]
    public int BatchFixes { get; set; } = 200_000;

    /// <summary>Seconds another node waits before it folds in a dead one's place.</summary>
    [Range(2, 300)]
    public double LeaseSeconds { get; set; } = 30;
}

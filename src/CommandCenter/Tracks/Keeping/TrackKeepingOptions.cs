using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Section <c>TrackKeeping</c>: how long raw tracks and their summaries are kept, and how gently they are let go.</summary>
public sealed class TrackKeepingOptions
{
    public const string Section = "TrackKeeping";

    /// <summary>Days for which raw tracks are kept, unless an area has a rule of its own.</summary>
    [Range(1, 3_650)]
    public int RawDays { get; set; } = 90;

    /// <summary>Days for which the summaries of days are kept (two years); where raw tracks are kept longer, as long as those.</summary>
    [Range(1, 36_500)]
    public int SummaryDays { get; set; } = 730;

    /// <summary>Minutes from the end of one round of deleting to the next.</summary>
    [Range(0.01, 10_080)]
    public double EveryMinutes { get; set; } = 60;

    /// <summary>Rows deleted in one transaction at most.</summary>
    [Range(1, 1_000_000)]
    public int BatchRows { get; set; } = 5_000;

    /// <summary>Milliseconds of rest between two transactions, for those who read and write.</summary>
    [Range(0, 60_000)]
    public int PauseMilliseconds { get; set; } = 50;

    /// <summary>Hours after an erasure in which what turns up of the time before it is deleted too: the log's tail, a phone's old queue (they keep 30 days).</summary>
    [Range(1, 8_760)]
    public int ErasureSettlesHours { get; set; } = 744;

    /// <summary>Seconds another node waits before it takes over from a dead one.</summary>
    [Range(2, 300)]
    public double LeaseSeconds { get; set; } = 30;
}

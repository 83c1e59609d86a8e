using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Positions;

/// <summary>Section <c>TrackWriter</c>: how fixes go from the log to tracks in PostgreSQL.</summary>
public sealed class TrackWriterOptions
{
    public const string Section = "TrackWriter";

    /// <summary>Seconds a fix waits in the log at most before it is stored; longer makes larger pieces and fewer bytes a fix.</summary>
    [Range(0.1, 300)]
    public double FlushSeconds { get; set; } = 60;

    /// <summary>
    /// Fixes held in memory, 32 bytes each, before they are stored at once; of more workers than a sixth of it, up to six of each wait.
    /// </summary>
    [Range(1_000, 50_000_000)]
    public int PendingFixes { get; set; } = 2_000_000;

    /// <summary>Seconds another node waits before it takes over a dead writer's partition.</summary>
    [Range(2, 300)]
    public double LeaseSeconds { get; set; } = 10;
}

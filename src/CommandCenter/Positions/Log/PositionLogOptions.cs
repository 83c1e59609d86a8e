using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Positions.Log;

/// <summary>Section <c>PositionLog</c>: the durable log between the phones and everything else.</summary>
public sealed class PositionLogOptions
{
    public const string Section = "PositionLog";

    /// <summary>Redis streams the workers are spread over. The same on every node; change it only with an empty log.</summary>
    [Range(1, 64)]
    public int Partitions { get; set; } = 1;

    /// <summary>Fixes of one append; more would pass 85,000 bytes and land on the large object heap.</summary>
    [Range(1, 3_500)]
    public int BatchFixes { get; set; } = 3_000;

    /// <summary>Fixes waiting for their append in one partition before ingest answers 503.</summary>
    [Range(1_000, 10_000_000)]
    public int WaitingFixes { get; set; } = 150_000;

    /// <summary>Bytes the log may take in Redis before ingest answers 503; the writer keeps it far below while PostgreSQL is there.</summary>
    [Range(1_000_000, long.MaxValue)]
    public long MaxBytes { get; set; } = 3_200_000_000;

    /// <summary>A warning is logged past this share of <see cref="MaxBytes"/>, 0–1.</summary>
    [Range(0.01, 1.0)]
    public double WarnShare { get; set; } = 0.5;

    /// <summary>Fixes not stored yet that a node holds decoded (40 bytes each) while tracks are read; past it reading tracks answers 503.</summary>
    [Range(1_000, 100_000_000)]
    public int UnstoredFixes { get; set; } = 4_000_000;

    /// <summary>Seconds between two polls of the log when no nudge came.</summary>
    [Range(0.05, 10)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>Seconds between two trims (and looks at the size) of the log.</summary>
    [Range(0.2, 300)]
    public double TrimSeconds { get; set; } = 5;
}

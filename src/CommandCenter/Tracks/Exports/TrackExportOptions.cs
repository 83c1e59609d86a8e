using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Tracks.Exports;

/// <summary>Section <c>TrackExport</c>: how much may leave at once, and how long a broken download can be taken up again.</summary>
public sealed class TrackExportOptions
{
    public const string Section = "TrackExport";

    /// <summary>Workers in one export.</summary>
    [Range(1, 1_000)]
    public int MostWorkers { get; set; } = 100;

    /// <summary>Days in one export.</summary>
    [Range(1, 366)]
    public int MostDays { get; set; } = 31;

    /// <summary>Fixes in one export.</summary>
    [Range(1, 100_000_000)]
    public long MostFixes { get; set; } = 5_000_000;

    /// <summary>Exports written at the same time on this node.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 2;

    /// <summary>Minutes for which a finished export is kept, so that a broken download goes on where it broke.</summary>
    [Range(1, 1_440)]
    public int KeepMinutes { get; set; } = 30;

    /// <summary>Minutes after its beginning at which an export is served no more, however often it is asked for.</summary>
    [Range(1, 10_080)]
    public int LongestMinutes { get; set; } = 240;

    /// <summary>Megabytes on disk for exports that are written or kept; the oldest kept ones make room.</summary>
    [Range(16, 1_000_000)]
    public int ShelfMegabytes { get; set; } = 4_096;
}

using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Positions.Live;

/// <summary>Section <c>LivePicture</c>: when a worker counts as online, and how often the picture moves.</summary>
public sealed class LivePictureOptions
{
    public const string Section = "LivePicture";

    /// <summary>Seconds without a sign of life after which a worker is stale.</summary>
    [Range(1, 86_400)]
    public double StaleSeconds { get; set; } = 90;

    /// <summary>Seconds without a sign of life after which a worker is lost.</summary>
    [Range(2, 86_400)]
    public double LostSeconds { get; set; } = 300;

    /// <summary>From this speed on, metres per second, a worker is moving.</summary>
    [Range(0.05, 10)]
    public double MovingMps { get; set; } = 0.5;

    /// <summary>Milliseconds between two ticks: how often a wall may get a frame.</summary>
    [Range(50, 5_000)]
    public int TickMilliseconds { get; set; } = 250;

    /// <summary>Seconds between two checkpoints in Redis; a start replays at most this much of the log, and a little more.</summary>
    [Range(1, 3_600)]
    public double CheckpointSeconds { get; set; } = 10;

    /// <summary>Highest worker number shown; fixes beyond it are stored but not in the picture.</summary>
    [Range(1_000, 50_000_000)]
    public int MaxWorkers { get; set; } = 8_000_000;

    internal PresenceThresholds Thresholds => new((long)(StaleSeconds * 1000), (long)(LostSeconds * 1000), MovingMps);
}

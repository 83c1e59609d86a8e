using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Wall;

/// <summary>Section <c>Wall</c>: what one wall may ask of the server.</summary>
public sealed class WallOptions
{
    public const string Section = "Wall";

    /// <summary>Workers in one frame; above it a wall gets counts per area instead of markers.</summary>
    [Range(10, 1_000_000)]
    public int MaxMarkers { get; set; } = 20_000;

    /// <summary>Frames a wall may leave unacknowledged before it gets no more.</summary>
    [Range(1, 16)]
    public int UnacknowledgedFrames { get; set; } = 2;

    /// <summary>Seconds without news after which an empty frame says that the line lives.</summary>
    [Range(0.2, 60)]
    public double HeartbeatSeconds { get; set; } = 1;

    /// <summary>Seconds between two frames that carry head counts.</summary>
    [Range(0.2, 60)]
    public double CountsSeconds { get; set; } = 1;

    /// <summary>Levels of areas below the watched one whose head counts are sent.</summary>
    [Range(0, 8)]
    public int CountLevels { get; set; } = 3;

    /// <summary>Hub connections of this node.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 2_000;

    /// <summary>Seconds after which the walls' rights are looked at again.</summary>
    [Range(0.2, 60)]
    public double RightsSeconds { get; set; } = 1;
}

using MessagePack;

namespace CommandCenter.Contracts.Wall;

/// <summary>Argument of <c>WallHub.Watch</c>.</summary>
[MessagePackObject]
public sealed record WatchRequest
{
    /// <summary>Code of the area to watch.</summary>
    [Key("area")] public string Area { get; init; } = "";

    /// <summary>The epoch of the last frame drawn; with <see cref="Tick"/> it resumes. Another epoch gets a full frame.</summary>
    [Key("epoch")] public string? Epoch { get; init; }

    [Key("tick")] public long? Tick { get; init; }

    /// <summary>West, south, east, north in degrees: only workers inside. Null: the whole area. With bounds the first frame is always full.</summary>
    [Key("bounds")] public double[]? Bounds { get; init; }
}

using MessagePack;

namespace CommandCenter.Contracts.Wall;

/// <summary>
/// What changed in a wall's scope since its last frame. <see cref="Records"/> holds <see cref="Count"/> records of
/// <see cref="WallRecord.Size"/> bytes; a full frame replaces all that was known before.
/// </summary>
[MessagePackObject]
public sealed record WallFrame
{
    /// <summary>Names the numbering of ticks: of one server process and scope. Empty when the frame cannot be resumed from.</summary>
    [Key("epoch")] public string Epoch { get; init; } = "";

    [Key("tick")] public long Tick { get; init; }

    /// <summary>Server time at which the frame was cut, ms since 1970 UTC; ages count back from it.</summary>
    [Key("time")] public long Time { get; init; }

    [Key("full")] public bool Full { get; init; }

    [Key("count")] public int Count { get; init; }

    [Key("records")] public byte[] Records { get; init; } = [];

    /// <summary>Names of slots that this wall may not have been told yet.</summary>
    [Key("names")] public IReadOnlyList<WallName>? Names { get; init; }

    /// <summary>Changed head counts, <see cref="AreaCountRecord"/>s; at most once a second.</summary>
    [Key("counts")] public byte[]? Counts { get; init; }

    /// <summary>More workers are in view than a frame carries: no markers, only <see cref="Counts"/>; zoom in (send bounds) to see them.</summary>
    [Key("crowded")] public bool Crowded { get; init; }
}

/// <summary>Who a slot is. A stranger (home outside the viewer's area) has role and code only.</summary>
[MessagePackObject]
public sealed record WallName
{
    [Key("slot")] public int Slot { get; init; }

    [Key("worker")] public string Worker { get; init; } = "";

    [Key("name")] public string? Name { get; init; }

    /// <summary>gridLeader, gridWorker, auxiliary or reserve.</summary>
    [Key("role"), OneOf(typeof(Workers.WorkerRole))] public string Role { get; init; } = "";

    /// <summary>Code of the home area; null for a stranger.</summary>
    [Key("area")] public string? Area { get; init; }
}

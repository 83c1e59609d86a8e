using MessagePack;

namespace CommandCenter.Contracts.Tracks;

/// <summary>Argument of <c>WallHub.Tracks</c>: either workers or an area, and an interval.</summary>
[MessagePackObject]
public sealed record TrackRequest
{
    /// <summary>Codes of the workers; null when <see cref="Area"/> is given.</summary>
    [Key("workers")] public IReadOnlyList<string>? Workers { get; init; }

    /// <summary>Code of an area: the workers whose fixes lie in it between <see cref="From"/> and <see cref="To"/>, wherever they are at home.</summary>
    [Key("area")] public string? Area { get; init; }

    /// <summary>Inclusive, ms since 1970 UTC.</summary>
    [Key("from")] public long From { get; init; }

    /// <summary>Exclusive, ms since 1970 UTC.</summary>
    [Key("to")] public long To { get; init; }

    /// <summary>Why somebody looks: on the audit trail, and shown to the worker. Needed.</summary>
    [Key("reason")] public string? Reason { get; init; }

    /// <summary>Number of the case it belongs to; may be missing.</summary>
    [Key("case")] public string? Case { get; init; }
}

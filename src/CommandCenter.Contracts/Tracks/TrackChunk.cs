using CommandCenter.Contracts.Wall;
using MessagePack;

namespace CommandCenter.Contracts.Tracks;

/// <summary>
/// A part of the answer to a <see cref="TrackRequest"/>, streamed in order of time, so that a replay can begin while the rest still comes.
/// The packed HTTP answer (<see cref="PackedType"/>) is the same chunks, each as u32 length (little-endian) and this record in MessagePack.
/// </summary>
[MessagePackObject]
public sealed record TrackChunk
{
    /// <summary>Media type of the packed answer of <c>GET /api/tracks</c>.</summary>
    public const string PackedType = "application/vnd.commandcenter.tracks";

    /// <summary>Who the slots of <see cref="Segments"/> are; each slot is named in the first chunk that holds it.</summary>
    [Key("names")] public IReadOnlyList<WallName>? Names { get; init; }

    /// <summary>
    /// Segments one after another, each u32 length (little-endian) and a track as <c>TrackCodec</c> version 1 has it, its worker number being the slot.
    /// The segments of one worker come in order of time, do not overlap, and hold nothing outside the interval.
    /// </summary>
    [Key("segments")] public byte[] Segments { get; init; } = [];

    /// <summary>Ms since 1970 UTC up to which every worker's segments have been sent.</summary>
    [Key("sentUntil")] public long SentUntil { get; init; }

    /// <summary>In the last chunk only.</summary>
    [Key("end")] public TrackEnd? End { get; init; }
}

/// <summary>What a reader must know once everything has come.</summary>
[MessagePackObject]
public sealed record TrackEnd
{
    /// <summary>Server time, ms since 1970 UTC: what was answered to phones before it is among the segments.</summary>
    [Key("complete")] public long Complete { get; init; }

    [Key("workers")] public int Workers { get; init; }

    [Key("fixes")] public long Fixes { get; init; }

    /// <summary>Workers who were in the area then but whose home is outside the viewer's: their tracks are not told.</summary>
    [Key("outside")] public int Outside { get; init; }

    /// <summary>Stored stretches, of an hour of one worker at most, that are damaged and could not be read: their fixes are missing here.</summary>
    [Key("unreadable")] public int Unreadable { get; init; }
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using NetTopologySuite.Geometries;

namespace CommandCenter.Import;

/// <summary>
/// An area as it will be once the file is applied: of the file (<see cref="Row"/>), stored (<see cref="Stored"/>), or both.
/// </summary>
public sealed class PlannedArea
{
    public AreaRow? Row { get; init; }

    public Area? Stored { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>Null where the file does not say and nothing is stored, which is an error.</summary>
    public AreaKind? Kind { get; init; }

    public GridType? GridType { get; init; }

    /// <summary>Null for the root of all and where the file's makes no sense, which is an error.</summary>
    public string? Parent { get; init; }

    public Geometry? Geometry { get; init; }

    /// <summary>What differs from what is stored, by the file's names; empty when nothing does.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public int RowNumber => Row?.Row ?? 0;

    public static PlannedArea Of(AreaNode node) => new()
    {
        Stored = node.Area,
        Code = node.Area.Code,
        Name = node.Area.Name,
        NameEn = node.Area.NameEn,
        Kind = node.Area.Kind,
        GridType = node.Area.GridType,
        Parent = node.Parent?.Area.Code,
        Geometry = node.Area.Geometry,
    };
}

/// <summary>What an area file would do. <paramref name="Writes"/> are new or changed, every parent before its children.</summary>
public sealed record AreaPlan(IReadOnlyList<PlannedArea> Writes, int Unchanged, int Left);

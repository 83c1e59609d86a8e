using CommandCenter.Contracts.Areas;
using NetTopologySuite.Geometries;

namespace CommandCenter.Areas;

/// <summary>One node of the area tree; <paramref name="Geometry"/> is a polygon or multipolygon in WGS-84 (X longitude, Y latitude).</summary>
public sealed record Area(
    int Id,
    string Code,
    string Name,
    string? NameEn,
    AreaKind Kind,
    GridType? GridType,
    int? ParentId,
    Geometry? Geometry);

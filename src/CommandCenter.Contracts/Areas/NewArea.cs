using System.Text.Json;

namespace CommandCenter.Contracts.Areas;

/// <summary>
/// Body of <c>POST /api/areas</c>. <paramref name="Parent"/> is a code in the administrator's area, of a higher level than
/// <paramref name="Kind"/>; <paramref name="GridType"/> is for grids alone, by default ordinary; <paramref name="Geometry"/> is a GeoJSON
/// polygon or multipolygon and may be missing.
/// </summary>
public sealed record NewArea(
    string? Code,
    string? Name,
    string? NameEn,
    [property: OneOf(typeof(AreaKind))] string? Kind,
    [property: OneOf(typeof(GridType))] string? GridType,
    string? Parent,
    JsonElement? Geometry);

/// <summary>Body of <c>PUT /api/areas/{code}</c>: replaces both names; a missing English one is none.</summary>
public sealed record AreaNamesChange(string? Name, string? NameEn);

namespace CommandCenter.Contracts.Areas;

/// <summary>Levels of the area tree; the lower-case name is the wire form. Values are stored.</summary>
public enum AreaKind
{
    District = 1,
    Subdistrict = 2,
    Community = 3,
    Grid = 4,
    Microgrid = 5,
}

/// <summary>Grids alone: ordinary (街面/社区网格) or exclusive (专属网格: a school, a market, a factory). Values are stored.</summary>
public enum GridType
{
    Ordinary = 1,
    Exclusive = 2,
}

/// <summary>
/// One area. <paramref name="Id"/> is the number used in wall frames' count records; <paramref name="Code"/> is the name used everywhere else.
/// <paramref name="Bounds"/> is west, south, east, north in degrees WGS-84; <paramref name="Center"/> longitude, latitude of a point inside; <paramref name="Geometry"/> a GeoJSON polygon, only when asked for with <c>geometry=true</c>.
/// </summary>
public sealed record AreaInfo(
    int Id,
    string Code,
    string Name,
    string? NameEn,
    [property: OneOf(typeof(AreaKind))] string Kind,
    [property: OneOf(typeof(GridType))] string? GridType,
    string? Parent,
    double[]? Bounds,
    double[]? Center,
    System.Text.Json.JsonElement? Geometry);

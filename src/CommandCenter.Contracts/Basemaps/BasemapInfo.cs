namespace CommandCenter.Contracts.Basemaps;

/// <summary>
/// A map to draw under the markers, of <c>GET /api/basemaps</c>; the first is the default. <paramref name="Url"/> is on this server: a PMTiles
/// file, or a template with {z}, {x} and {y} for images. Over a <paramref name="Datum"/> of gcj02 markers are shifted when drawn.
/// <paramref name="Generated"/>: streets and borders are made up. <paramref name="Style"/> is vector for files of vector tiles, else null.
/// </summary>
public sealed record BasemapInfo(
    string Id,
    string Name,
    string NameEn,
    [property: OneOf("pmtiles", "raster")] string Kind,
    string Url,
    [property: OneOf("wgs84", "gcj02")] string Datum,
    string Attribution,
    int MinZoom,
    int MaxZoom,
    bool Generated,
    [property: OneOf("vector")] string? Style);

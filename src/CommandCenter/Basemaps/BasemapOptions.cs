using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Basemaps;

/// <summary>Section <c>Basemaps</c>: the operator's maps, and the bounds of the proxy that fetches their tiles.</summary>
public sealed class BasemapOptions
{
    public const string Section = "Basemaps";

    /// <summary>The first is the default, after the demo's own in demo mode.</summary>
    public IList<BasemapEntry> Maps { get; } = [];

    /// <summary>Disk for fetched tiles, megabytes; the oldest go first.</summary>
    [Range(1, 1_000_000)]
    public int CacheMegabytes { get; set; } = 1_024;

    /// <summary>A tile older than this is fetched again, days; shown still while its server is away.</summary>
    [Range(0.001, 365)]
    public double FreshDays { get; set; } = 7;

    /// <summary>A tile older than this is deleted, days.</summary>
    [Range(0.001, 3_650)]
    public double KeepDays { get; set; } = 60;

    /// <summary>Requests to the maps' servers at one time.</summary>
    [Range(1, 256)]
    public int UpstreamRequests { get; set; } = 16;

    /// <summary>Tiles that may wait for one of those; more are told to come back.</summary>
    [Range(1, 100_000)]
    public int UpstreamQueue { get; set; } = 512;

    /// <summary>Tiles that one viewer may have fetched in a minute, on and on; those in the cache do not count.</summary>
    [Range(1, 100_000)]
    public int ViewerTilesPerMinute { get; set; } = 120;

    /// <summary>Tiles that a viewer who was quiet may have fetched at once: several large screens full, at two layers.</summary>
    [Range(1, 100_000)]
    public int ViewerTilesAtOnce { get; set; } = 1_500;

    /// <summary>Requests to the maps' servers at one time for one viewer; one of <see cref="UpstreamRequests"/> is left for the others in any case.</summary>
    [Range(1, 256)]
    public int ViewerRequests { get; set; } = 8;

    /// <summary>Tiles of one viewer that may wait for one of those; more are told to come back.</summary>
    [Range(0, 100_000)]
    public int ViewerQueue { get; set; } = 400;

    /// <summary>Longest wait for a tile from its server, seconds.</summary>
    [Range(0.1, 60)]
    public double UpstreamSeconds { get; set; } = 8;

    /// <summary>Largest tile taken, bytes.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxTileBytes { get; set; } = 1_024 * 1_024;

    /// <summary>How long a server that failed is not asked for the same tile again, seconds.</summary>
    [Range(0, 3_600)]
    public double RetrySeconds { get; set; } = 15;

    /// <summary>How long to remember that there is no such tile, seconds.</summary>
    [Range(0, 86_400)]
    public double AbsentSeconds { get; set; } = 600;
}

/// <summary>One map: <c>Basemaps:Maps:N</c>.</summary>
public sealed class BasemapEntry
{
    /// <summary>Small letters, digits and hyphens: a part of its address.</summary>
    public string Id { get; set; } = "";

    /// <summary>In Chinese.</summary>
    public string Name { get; set; } = "";

    /// <summary>In English; empty: as <see cref="Name"/>.</summary>
    public string NameEn { get; set; } = "";

    /// <summary>pmtiles, xyz or wmts.</summary>
    public string Kind { get; set; } = "";

    /// <summary>pmtiles: the file, relative to <c>basemaps</c> in the data folder; empty: the map's id with <c>.pmtiles</c>.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// xyz, wmts: with {z}, {x}, {y}, and where needed {s} (one of <see cref="Subdomains"/>) and {key}. A wmts address without {z} is its service's, and
    /// the query is made from the four settings below. Web Mercator tiles with the usual numbers, such as Tianditu's <c>vec_w</c>.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>What {s} stands for, one letter or digit each, such as 01234567.</summary>
    public string Subdomains { get; set; } = "";

    /// <summary>wmts: the layer.</summary>
    public string Layer { get; set; } = "";

    /// <summary>wmts: the layer's style.</summary>
    public string Style { get; set; } = "default";

    /// <summary>wmts: the set of tile matrices.</summary>
    public string MatrixSet { get; set; } = "w";

    /// <summary>wmts: the format asked for.</summary>
    public string Format { get; set; } = "tiles";

    /// <summary>wgs84, cgcs2000 or gcj02: what the map is drawn in.</summary>
    public string Datum { get; set; } = "wgs84";

    /// <summary>Shown on the map, as its owner demands.</summary>
    public string Attribution { get; set; } = "";

    /// <summary>Coarsest zoom that has tiles.</summary>
    public int MinZoom { get; set; }

    /// <summary>Finest zoom that has tiles; nearer, these are enlarged.</summary>
    public int MaxZoom { get; set; } = 18;

    /// <summary>A secret: it stays on this server. Empty: what stands in <c>secrets/basemap-ID</c> in the data folder, if there is such a file.</summary>
    public string Key { get; set; } = "";

    /// <summary>Sent to the map's server with each request, such as a Referer that its key is bound to; {key} may stand in them.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

using CommandCenter.Contracts.Basemaps;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>
/// The maps that there are: in demo mode the demo's own if its file is there, then those of the configuration, then other PMTiles files
/// that lie in the folder, by name.
/// </summary>
public sealed class BasemapList
{
    private const int MostFiles = 50;

    private readonly StorageOptions _storage;
    private readonly bool _demo;
    private readonly List<BasemapEntry> _configured;
    private readonly Dictionary<string, TileSource> _sources;

    public BasemapList(IOptions<BasemapOptions> options, IOptions<StorageOptions> storage, IConfiguration configuration)
    {
        _storage = storage.Value;
        _demo = configuration.GetValue("Demo:Enabled", false);
        _configured = [.. options.Value.Maps];
        _sources = _configured.Where(m => m.Kind != "pmtiles").ToDictionary(m => m.Id, m => new TileSource(m, KeyOf(_storage, m)), StringComparer.Ordinal);
    }

    public IReadOnlyList<BasemapInfo> All()
    {
        var entries = new List<BasemapEntry>();
        if (_demo)
        {
            entries.Add(DemoBasemapEntry.New());
        }

        entries.AddRange(_configured);
        entries.AddRange(Found(entries));
        return [.. entries.Select(Info).OfType<BasemapInfo>()];
    }

    /// <summary>The map's PMTiles file; null when there is none.</summary>
    public string? FindFile(string id)
    {
        // An id is no path: neither dots nor slashes come through.
        if (!BasemapOptionsValidation.IdPattern().IsMatch(id) || (id == DemoBasemapEntry.Id && !_demo) || _sources.ContainsKey(id))
        {
            return null;
        }

        var file = FileOf(_storage, _configured.Find(m => m.Id == id) ?? new BasemapEntry { Id = id });
        return File.Exists(file) ? file : null;
    }

    internal TileSource? FindSource(string id) => _sources.GetValueOrDefault(id);

    internal static string Folder(StorageOptions storage) => Path.Combine(storage.DataFolder, "basemaps");

    internal static string FileOf(StorageOptions storage, BasemapEntry map) =>
        Path.Combine(Folder(storage), map.Path.Length > 0 ? map.Path : map.Id + ".pmtiles");

    internal static string KeyFileOf(StorageOptions storage, BasemapEntry map) => Path.Combine(storage.DataFolder, "secrets", "basemap-" + map.Id);

    internal static string KeyOf(StorageOptions storage, BasemapEntry map)
    {
        var file = KeyFileOf(storage, map);
        return map.Key.Length > 0 ? map.Key
            : BasemapOptionsValidation.IdPattern().IsMatch(map.Id) && File.Exists(file) ? File.ReadAllText(file).Trim()
            : "";
    }

    private IEnumerable<BasemapEntry> Found(List<BasemapEntry> known)
    {
        var folder = new DirectoryInfo(Folder(_storage));
        return !folder.Exists ? [] : folder.EnumerateFiles("*.pmtiles").Take(MostFiles)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name))
            .Where(id => BasemapOptionsValidation.IdPattern().IsMatch(id) && id != DemoBasemapEntry.Id && known.TrueForAll(k => k.Id != id))
            .Order(StringComparer.Ordinal)
            .Select(id => new BasemapEntry { Id = id, Name = id, Kind = "pmtiles" });
    }

    private BasemapInfo? Info(BasemapEntry map)
    {
        // CGCS2000 and WGS-84 differ by centimetres, GCJ-02 by hundreds of metres: only the latter is anybody's business.
        var datum = map.Datum == "gcj02" ? "gcj02" : "wgs84";
        var nameEn = map.NameEn.Length > 0 ? map.NameEn : map.Name;
        if (map.Kind != "pmtiles")
        {
            return new BasemapInfo(
                map.Id, map.Name, nameEn, "raster", $"/basemaps/{map.Id}/{{z}}/{{x}}/{{y}}", datum, map.Attribution, map.MinZoom, map.MaxZoom, false, null);
        }

        // The file knows its zooms best; one that went or broke after the start is left out rather than drawn as nothing.
        return PmtilesHeader.Read(FileOf(_storage, map)) is { } header
            ? new BasemapInfo(
                map.Id, map.Name, nameEn, "pmtiles", $"/basemaps/{map.Id}.pmtiles", datum, map.Attribution, header.MinZoom, header.MaxZoom,
                map.Id == DemoBasemapEntry.Id, header.IsVector ? "vector" : null)
            : null;
    }
}

/// <summary>A map whose tiles are fetched.</summary>
internal sealed class TileSource(BasemapEntry map, string key)
{
    public string Id => map.Id;

    public int MinZoom => map.MinZoom;

    public int MaxZoom => map.MaxZoom;

    public TileTemplate Template { get; } = new(map, key);

    /// <summary>The folder of its tiles in the cache: another address begins another one.</summary>
    public string CacheName => $"{map.Id}-{Template.Fingerprint}";
}

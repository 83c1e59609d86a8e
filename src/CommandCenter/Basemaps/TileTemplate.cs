using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CommandCenter.Basemaps;

/// <summary>
/// Where a map's tiles are fetched. The host comes from the configuration alone: nothing that a client sends reaches it but which of the
/// subdomains is asked.
/// </summary>
internal sealed class TileTemplate(BasemapEntry map, string key)
{
    private readonly string _template = map.Kind == "wmts" && !map.Url.Contains("{z}", StringComparison.Ordinal) ? Wmts(map) : map.Url;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
        [.. map.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.Replace("{key}", key, StringComparison.Ordinal)))];

    /// <summary>Changes when the map shows something else; knows nothing of the key, which may be renewed.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{map.Url}\n{map.Layer}\n{map.Style}\n{map.MatrixSet}\n{map.Format}")))[..12];

    public Uri Of(TileAddress tile)
    {
        // A tile is always asked of the same subdomain, so that caches on the way find it again.
        var subdomain = map.Subdomains.Length == 0 ? "" : map.Subdomains[(tile.X + tile.Y) % map.Subdomains.Length].ToString();
        var url = new StringBuilder(_template)
            .Replace("{s}", subdomain)
            .Replace("{z}", tile.Z.ToString(CultureInfo.InvariantCulture))
            .Replace("{x}", tile.X.ToString(CultureInfo.InvariantCulture))
            .Replace("{y}", tile.Y.ToString(CultureInfo.InvariantCulture))
            .Replace("{key}", Uri.EscapeDataString(key));
        return new Uri(url.ToString(), UriKind.Absolute);
    }

    public static bool IsUsable(string url)
    {
        if (url.Length > 2_000)
        {
            return false;
        }

        var start = url.IndexOf("://", StringComparison.Ordinal);
        var end = start < 0 ? -1 : url.IndexOfAny(['/', '?', '#'], start + 3);
        var authority = start < 0 ? "" : end < 0 ? url[(start + 3)..] : url[(start + 3)..end];
        if (authority.Replace("{s}", "a", StringComparison.Ordinal).AsSpan().ContainsAny("{}@"))
        {
            return false;
        }

        return Uri.TryCreate(url.Replace("{s}", "a", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https";
    }

    private static string Wmts(BasemapEntry map)
    {
        var separator = !map.Url.Contains('?', StringComparison.Ordinal) ? "?" : map.Url.EndsWith('?') || map.Url.EndsWith('&') ? "" : "&";
        return map.Url + separator
            + $"SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={Uri.EscapeDataString(map.Layer)}&STYLE={Uri.EscapeDataString(map.Style)}"
            + $"&TILEMATRIXSET={Uri.EscapeDataString(map.MatrixSet)}&FORMAT={Uri.EscapeDataString(map.Format)}"
            + "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}";
    }
}

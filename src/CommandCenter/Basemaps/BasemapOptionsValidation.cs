using System.Text.RegularExpressions;
using CommandCenter.Storage;
using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>Names the key that is wrong, and never repeats an address: keys are written into them.</summary>
public sealed partial class BasemapOptionsValidation(IOptions<StorageOptions> storage) : IValidateOptions<BasemapOptions>
{
    private const int MaxMaps = 50;

    public ValidateOptionsResult Validate(string? name, BasemapOptions options)
    {
        var errors = new List<string>();
        if (options.Maps.Count > MaxMaps)
        {
            errors.Add($"{BasemapOptions.Section}:Maps has {options.Maps.Count} maps; at most {MaxMaps} are allowed.");
        }

        if (options.KeepDays < options.FreshDays)
        {
            errors.Add($"{BasemapOptions.Section}:KeepDays must not be less than FreshDays.");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Maps.Count; i++)
        {
            var map = options.Maps[i];
            var at = $"{BasemapOptions.Section}:Maps:{i}";
            Check(map, (key, allowed) => errors.Add($"{at}:{key} must be {allowed}."));
            if (!ids.Add(map.Id))
            {
                errors.Add($"{at}:Id is '{map.Id}', as another map's is.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.NonBacktracking)]
    internal static partial Regex IdPattern();

    private void Check(BasemapEntry map, Action<string, string> wrong)
    {
        Require(IdPattern().IsMatch(map.Id) && map.Id is not (DemoBasemapEntry.Id or "cache"), "Id", "1 to 40 small letters, digits and hyphens, and neither 'demo' nor 'cache'");
        Require(map.Name.Length is > 0 and <= 80, "Name", "1 to 80 characters");
        Require(map.NameEn.Length <= 80, "NameEn", "at most 80 characters");
        Require(map.Kind is "pmtiles" or "xyz" or "wmts", "Kind", "pmtiles, xyz or wmts");
        Require(map.Datum is "wgs84" or "cgcs2000" or "gcj02", "Datum", "wgs84, cgcs2000 or gcj02");
        Require(map.Attribution.Length <= 500, "Attribution", "at most 500 characters");
        Require(map.MinZoom is >= 0 and <= TileAddress.DeepestZoom, "MinZoom", $"0 to {TileAddress.DeepestZoom}");
        Require(map.MaxZoom is >= 0 and <= TileAddress.DeepestZoom && map.MaxZoom >= map.MinZoom, "MaxZoom", $"MinZoom to {TileAddress.DeepestZoom}");
        switch (map.Kind)
        {
            case "pmtiles":
                var file = BasemapList.FileOf(storage.Value, map);
                Require(PmtilesHeader.Read(file) is not null, "Path", $"a PMTiles file of version 3, which {file} is not");
                break;
            case "xyz":
                CheckUrl(map, wrong);
                Require(HasAll(map.Url, "{z}", "{x}", "{y}"), "Url", "an address with {z}, {x} and {y}");
                break;
            case "wmts":
                CheckUrl(map, wrong);
                Require(HasAll(map.Url, "{z}", "{x}", "{y}") || (!map.Url.Contains("{z}", StringComparison.Ordinal) && map.Layer.Length > 0), "Layer", "named, or Url an address with {z}, {x} and {y}");
                break;
        }

        void Require(bool holds, string key, string allowed)
        {
            if (!holds)
            {
                wrong(key, allowed);
            }
        }
    }

    private void CheckUrl(BasemapEntry map, Action<string, string> wrong)
    {
        if (!TileTemplate.IsUsable(map.Url))
        {
            wrong("Url", "an http or https address without user name, whose host holds no placeholder but {s}");
        }

        if (map.Url.Contains("{s}", StringComparison.Ordinal) != map.Subdomains.Length > 0 || !map.Subdomains.All(char.IsAsciiLetterOrDigit) || map.Subdomains.Length > 36)
        {
            wrong("Subdomains", "letters or digits if Url holds {s}, and empty if it does not");
        }

        var headers = map.Headers.Keys.Concat(map.Headers.Values).ToList();
        if (map.Headers.Count > 20 || headers.Any(h => h.Length is 0 or > 1_000 || h.Any(c => c is < ' ' or > '~')) || !map.Headers.Keys.All(k => k.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            wrong("Headers", "at most 20 plain header lines");
        }

        var needsKey = map.Url.Contains("{key}", StringComparison.Ordinal) || map.Headers.Values.Any(v => v.Contains("{key}", StringComparison.Ordinal));
        if (needsKey && BasemapList.KeyOf(storage.Value, map).Length == 0)
        {
            wrong("Key", $"given, or stand in {BasemapList.KeyFileOf(storage.Value, map)}, since {{key}} is used");
        }
    }

    private static bool HasAll(string url, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (!url.Contains(part, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

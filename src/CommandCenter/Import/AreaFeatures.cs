using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using CommandCenter.Http;
using NetTopologySuite.Geometries;

namespace CommandCenter.Import;

/// <summary>The features of one file as they come, each checked on its own: words, codes, shape.</summary>
internal sealed class AreaFeatures(Datum datum, ImportOptions bounds, ImportProblems problems)
{
    private static readonly Dictionary<string, AreaKind> Kinds = new(AreaNames.Kinds)
    {
        ["区"] = AreaKind.District,
        ["县"] = AreaKind.District,
        ["区县"] = AreaKind.District,
        ["街道"] = AreaKind.Subdistrict,
        ["乡镇"] = AreaKind.Subdistrict,
        ["乡"] = AreaKind.Subdistrict,
        ["镇"] = AreaKind.Subdistrict,
        ["社区"] = AreaKind.Community,
        ["村"] = AreaKind.Community,
        ["网格"] = AreaKind.Grid,
        ["微网格"] = AreaKind.Microgrid,
    };

    private static readonly Dictionary<string, GridType> GridTypes = new(AreaNames.GridTypes)
    {
        ["普通"] = GridType.Ordinary,
        ["普通网格"] = GridType.Ordinary,
        ["专属"] = GridType.Exclusive,
        ["专属网格"] = GridType.Exclusive,
    };

    private readonly List<AreaRow> _rows = [];
    private readonly Dictionary<string, int> _rowOfCode = new(StringComparer.Ordinal);
    private int _count;
    private long _positions;

    public AreaFile ToFile() => new(_count, _rows);

    /// <summary>A refusal when the file is past its bounds.</summary>
    public ImportRefusal? Add(JsonElement feature)
    {
        if (++_count > bounds.MaxFeatures)
        {
            return ImportRefusals.TooMany(bounds.MaxFeatures, "features");
        }

        try
        {
            Read(feature);
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair: JSON allows to write it, but it is no text.
            problems.Error(_count, null, null, ImportFault.NotAFeature, "A text in it is not valid Unicode.");
        }

        return _positions > bounds.MaxPositions ? ImportRefusals.TooMany(bounds.MaxPositions, "positions") : null;
    }

    private void Read(JsonElement feature)
    {
        if (feature.ValueKind != JsonValueKind.Object
            || !feature.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("Feature")
            || !feature.TryGetProperty("properties", out var members) || members.ValueKind != JsonValueKind.Object)
        {
            problems.Error(_count, null, null, ImportFault.NotAFeature, "This is no GeoJSON Feature with properties.");
            return;
        }

        var properties = new AreaProperties(members);
        if (Code("code", properties.Text("code")) is not { } code)
        {
            return;
        }

        if (!_rowOfCode.TryAdd(code, _count))
        {
            problems.Error(_count, code, "code", ImportFault.Duplicate, $"Feature {_rowOfCode[code]} has this code already.", Invariant(_rowOfCode[code]));
            return;
        }

        var name = Text(code, "name", properties.Text("name"));
        var nameEn = Text(code, "nameEn", properties.Text("nameEn"));
        var kind = Word(code, "kind", properties.Text("kind"), Kinds, AreaNames.Kinds.Keys);
        var gridType = Word(code, "gridType", properties.Text("gridType"), GridTypes, AreaNames.GridTypes.Keys);
        var parentText = properties.Text("parent");
        var parent = string.IsNullOrWhiteSpace(parentText) ? null : Code("parent", parentText, code);
        var drawn = feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind != JsonValueKind.Null;
        var shape = drawn ? AreaShapes.Read(geometry, _count, code, datum, problems) : null;
        _positions += shape?.Positions ?? 0;
        if (!drawn)
        {
            problems.Warn(_count, code, "geometry", ImportFault.NoGeometry, "It has no geometry: a stored one stays, a new area has none.");
        }

        _rows.Add(new AreaRow(_count, code, name, nameEn, properties.Has("nameEn"), kind, gridType, parent, shape?.Geometry, drawn));
    }

    private string? Code(string field, string? value, string? ofArea = null)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Error(_count, ofArea, field, ImportFault.Missing, $"It has no {field}.");
            return null;
        }

        var arguments = new Arguments();
        var code = AreaRules.CheckCode(value, arguments, field);
        return problems.Accept(arguments, _count, ofArea ?? Readable(value), field) ? code : null;
    }

    private string? Text(string code, string field, string? value)
    {
        var arguments = new Arguments();
        var text = arguments.Optional(field, value, AreaRules.MaxNameLength);
        return problems.Accept(arguments, _count, code, field) ? text : null;
    }

    private T? Word<T>(string code, string field, string? value, Dictionary<string, T> words, IEnumerable<string> shown)
        where T : struct
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (words.TryGetValue(text, out var found))
        {
            return found;
        }

        problems.Error(_count, code, field, ImportFault.Invalid, $"'{field}' must be one of {string.Join(", ", shown)}.");
        return null;
    }

    // Named in the report as far as it can be shown at all.
    private static string Readable(string value) =>
        new([.. value.Trim().Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(AreaRules.MaxCodeLength)]);

    private static string Invariant(int row) => row.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using CommandCenter.Http;
using NetTopologySuite.Geometries;

namespace CommandCenter.Areas;

/// <summary>What a new area must be like. Pure.</summary>
public static class AreaRules
{
    public const int MaxCodeLength = 40;
    public const int MaxNameLength = 100;

    /// <summary>The draft to store; when <paramref name="arguments"/> holds a problem it means nothing.</summary>
    public static AreaDraft Check(NewArea area, AreaNode? parent, Arguments arguments)
    {
        var code = CheckCode(area.Code, arguments);
        var name = arguments.Required("name", area.Name, MaxNameLength);
        var nameEn = arguments.Optional("nameEn", area.NameEn, MaxNameLength);
        var kind = arguments.OneOf("kind", area.Kind, AreaNames.Kinds);
        if (kind is null)
        {
            arguments.Refuse("kind", "one of " + string.Join(", ", AreaNames.Kinds.Keys));
        }
        else if (parent is not null && parent.Area.Kind >= kind)
        {
            arguments.Refuse("kind", $"of a lower level than its parent, which is a {parent.Area.Kind.Name()}");
        }

        var gridType = arguments.OneOf("gridType", area.GridType, AreaNames.GridTypes);
        if (kind != AreaKind.Grid && gridType is not null)
        {
            arguments.Refuse("gridType", "missing unless kind is grid");
        }

        var type = kind == AreaKind.Grid ? gridType ?? GridType.Ordinary : (GridType?)null;
        var geometry = CheckGeometry(area, arguments);
        if (arguments.Problem is null && geometry is not null && parent is not null && AreaFit.Refusal(geometry, type, parent) is { } wanted)
        {
            arguments.Refuse("geometry", wanted);
        }

        return new AreaDraft(code, name, nameEn, kind ?? default, type, parent?.Area.Id, geometry);
    }

    public static string CheckCode(string? value, Arguments arguments, string argument = "code")
    {
        var code = value?.Trim() ?? "";
        if (code.Length is 0 or > MaxCodeLength || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            arguments.Refuse(argument, $"1 to {MaxCodeLength} letters, digits, dots, hyphens or underscores");
        }

        return code;
    }

    private static Geometry? CheckGeometry(NewArea area, Arguments arguments)
    {
        if (area.Geometry is not { ValueKind: not System.Text.Json.JsonValueKind.Null } json)
        {
            return null;
        }

        var geometry = GeoJsonReader.Read(json, out var error);
        if (error is not null)
        {
            arguments.Refuse("geometry", $"a GeoJSON Polygon or MultiPolygon ({error})");
        }
        else if (geometry is not IPolygonal)
        {
            arguments.Refuse("geometry", "a GeoJSON Polygon or MultiPolygon");
        }

        return geometry;
    }
}

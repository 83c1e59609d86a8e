using System.Text.Json;
using CommandCenter.Contracts.Streets;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Streets;

/// <summary>
/// Reads a GeoJSON FeatureCollection of LineStrings and MultiLineStrings. Properties: <c>class</c> (path, residential, secondary, primary, trunk) or OpenStreetMap's
/// <c>highway</c>, residential where there is neither; <c>name</c>; <c>nameEn</c> or <c>name:en</c>. What is no street is passed over with its reason. Pure.
/// </summary>
public static class StreetFile
{
    public const int MostPositions = 2_000_000;
    public const int MostRefusalsTold = 100;
    private const int MostNameLength = 100;

    /// <summary>No street runs so far without a bend; a position at [0, 0] among others does.</summary>
    private const double MostPieceMeters = 20_000;

    private static readonly Dictionary<string, StreetClass> Classes = new(StringComparer.Ordinal)
    {
        ["path"] = StreetClass.Path,
        ["footway"] = StreetClass.Path,
        ["pedestrian"] = StreetClass.Path,
        ["steps"] = StreetClass.Path,
        ["cycleway"] = StreetClass.Path,
        ["track"] = StreetClass.Path,
        ["service"] = StreetClass.Path,
        ["living_street"] = StreetClass.Residential,
        ["residential"] = StreetClass.Residential,
        ["unclassified"] = StreetClass.Residential,
        ["road"] = StreetClass.Residential,
        ["tertiary"] = StreetClass.Secondary,
        ["tertiary_link"] = StreetClass.Secondary,
        ["secondary"] = StreetClass.Secondary,
        ["secondary_link"] = StreetClass.Secondary,
        ["primary"] = StreetClass.Primary,
        ["primary_link"] = StreetClass.Primary,
        ["trunk"] = StreetClass.Trunk,
        ["trunk_link"] = StreetClass.Trunk,
        ["motorway"] = StreetClass.Trunk,
        ["motorway_link"] = StreetClass.Trunk,
    };

    /// <summary>The streets and what was passed over; null and a sentence when it is no such file at all.</summary>
    public static (List<Street> Streets, List<StreetRefusal> Refused, int RefusedCount)? Read(JsonElement json, Datum datum, out string? fault)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "FeatureCollection"
            || !json.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            fault = "a GeoJSON FeatureCollection";
            return null;
        }

        var (streets, refused, refusedCount, left) = (new List<Street>(), new List<StreetRefusal>(), 0, MostPositions);
        var place = -1;
        foreach (var feature in features.EnumerateArray())
        {
            place++;
            var reason = ReadFeature(feature, datum, streets, ref left);
            if (left < 0)
            {
                fault = $"a file of at most {MostPositions} positions";
                return null;
            }

            if (reason is not null && ++refusedCount <= MostRefusalsTold)
            {
                refused.Add(new StreetRefusal(place, reason));
            }
        }

        fault = null;
        return (streets, refused, refusedCount);
    }

    /// <summary>Null, or why the feature is no street.</summary>
    private static string? ReadFeature(JsonElement feature, Datum datum, List<Street> streets, ref int left)
    {
        if (feature.ValueKind != JsonValueKind.Object
            || !feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            return "no feature with a geometry";
        }

        JsonElement[]? lines = type.GetString() switch
        {
            "LineString" => [coordinates],
            "MultiLineString" => [.. coordinates.EnumerateArray()],
            _ => null,
        };
        if (lines is null)
        {
            return "its geometry is no LineString or MultiLineString";
        }

        if (ClassOf(feature) is not { } kind)
        {
            return "'class' or 'highway' names no street that people go along";
        }

        var read = new List<Coordinate[]>();
        foreach (var line in lines)
        {
            if (PositionsOf(line, datum, ref left) is not { } positions)
            {
                return "a line needs two or more positions [longitude, latitude] in degrees";
            }

            if (LongestPieceMeters(positions) > MostPieceMeters)
            {
                return $"two positions of a line that follow each other lie more than {MostPieceMeters / 1_000:0} km apart: one of them is wrong";
            }

            read.Add(positions);
        }

        var (name, nameEn) = (TextOf(feature, "name"), TextOf(feature, "nameEn") ?? TextOf(feature, "name:en"));
        streets.AddRange(read.Select(positions => new Street(kind, name, nameEn, positions)));
        return null;
    }

    private static double LongestPieceMeters(Coordinate[] positions) => positions.Zip(positions.Skip(1))
        .Max(piece => Distance.Meters((int)(piece.First.X * 1e7), (int)(piece.First.Y * 1e7), (int)(piece.Second.X * 1e7), (int)(piece.Second.Y * 1e7)));

    private static StreetClass? ClassOf(JsonElement feature) =>
        (TextOf(feature, "class") ?? TextOf(feature, "highway")) is not { } word ? StreetClass.Residential
        : Classes.TryGetValue(word, out var kind) ? kind
        : null;

    private static string? TextOf(JsonElement feature, string property) =>
        feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()?.Trim() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, MostNameLength)]
            : null;

    private static Coordinate[]? PositionsOf(JsonElement line, Datum datum, ref int left)
    {
        if (line.ValueKind != JsonValueKind.Array || line.GetArrayLength() < 2 || (left -= line.GetArrayLength()) < 0)
        {
            return null;
        }

        var positions = new Coordinate[line.GetArrayLength()];
        var i = 0;
        foreach (var pair in line.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() < 2
                || pair[0].ValueKind != JsonValueKind.Number || pair[1].ValueKind != JsonValueKind.Number
                || pair[0].GetDouble() is not (>= -180 and <= 180) || pair[1].GetDouble() is not (>= -90 and <= 90))
            {
                return null;
            }

            positions[i++] = new Coordinate(pair[0].GetDouble(), pair[1].GetDouble());
        }

        var shape = Wgs84.Factory.CreateLineString(positions);
        shape.ToWgs84(datum);
        return shape.Coordinates;
    }
}

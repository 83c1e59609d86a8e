using System.Globalization;
using System.Text.Json;
using CommandCenter.Geo;

namespace CommandCenter.Import;

/// <summary>
/// Reads a GeoJSON FeatureCollection feature by feature, so that a file of 64 MB is never one tree in memory. What keeps the file from being
/// read at all is a refusal; what is wrong with a feature is a problem of its row.
/// </summary>
internal static class AreaFileReader
{
    /// <summary>Names of WGS-84 and of CGCS2000, which is the same to a few centimetres, as they end in a 'crs' member.</summary>
    private static readonly string[] KnownCrs = ["CRS84", ":4326", ":4490"];

    public static AreaFile? Read(ReadOnlySpan<byte> json, Datum datum, ImportOptions bounds, ImportProblems problems, out ImportRefusal? refusal)
    {
        var features = new AreaFeatures(datum, bounds, problems);
        try
        {
            refusal = Read(json, features);
        }
        catch (JsonException e)
        {
            refusal = NotGeoJson(string.Create(CultureInfo.InvariantCulture, $"It is no JSON from line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0} on."));
        }

        return refusal is null ? features.ToFile() : null;
    }

    private static ImportRefusal? Read(ReadOnlySpan<byte> json, AreaFeatures features)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return NotGeoJson("It is no JSON object.");
        }

        var (isCollection, hasFeatures) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isCollection = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("FeatureCollection"u8);
            }
            else if (reader.ValueTextEquals("crs"u8))
            {
                using var crs = JsonDocument.ParseValue(ref reader);
                if (!IsKnown(crs.RootElement))
                {
                    return NotGeoJson("Its 'crs' is not WGS-84 (EPSG:4326) or CGCS2000 (EPSG:4490): export it in degrees of one of these.");
                }
            }
            else if (reader.ValueTextEquals("features"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    return NotGeoJson("Its 'features' are no array.");
                }

                hasFeatures = true;
                if (ReadFeatures(ref reader, features) is { } refusal)
                {
                    return refusal;
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // What follows the collection is an error of JSON, which reading on brings out.
        while (reader.Read())
        {
        }

        return !isCollection ? NotGeoJson("Its 'type' is not FeatureCollection.") : !hasFeatures ? NotGeoJson("It has no 'features'.") : null;
    }

    private static ImportRefusal? ReadFeatures(ref Utf8JsonReader reader, AreaFeatures features)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            using var feature = JsonDocument.ParseValue(ref reader);
            if (features.Add(feature.RootElement) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    // {"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}, as QGIS writes it; null says nothing.
    private static bool IsKnown(JsonElement crs) =>
        crs.ValueKind == JsonValueKind.Null
        || (crs.ValueKind == JsonValueKind.Object
            && crs.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String
            && KnownCrs.Any(known => name.ValueEquals(known) || name.GetRawText().TrimEnd('"').EndsWith(known, StringComparison.OrdinalIgnoreCase)));

    private static ImportRefusal NotGeoJson(string why) => ImportRefusals.Unreadable("not-geojson", $"The file is not a GeoJSON FeatureCollection. {why}");
}

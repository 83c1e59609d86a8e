using System.Text.Json;
using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Geo;
using CommandCenter.Http;
using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage.Ground;

/// <summary>A mask of a file.</summary>
public sealed record MaskDraft(string Code, string Name, MaskKind Kind, Geometry Geometry);

/// <summary>
/// Reads masks from a GeoJSON FeatureCollection of Polygons and MultiPolygons with properties <c>code</c>, <c>name</c> and <c>kind</c> (water, closed; 水域, 封闭). What is no mask
/// is passed over with its reason. Pure.
/// </summary>
public static class MaskFile
{
    public const int MostFeatures = 2_000;
    public const int MostRefusalsTold = 100;

    /// <summary>Of one: a river's two banks at every few metres.</summary>
    public const int MostPositions = 20_000;

    /// <summary>Of all together.</summary>
    public const int MostPositionsAtAll = 400_000;

    /// <summary>A river may go on so far beyond the center, degrees.</summary>
    private const double MostBeyond = 0.2;

    private static readonly Dictionary<string, MaskKind> Kinds = new(CoverageMask.Kinds, StringComparer.Ordinal) { ["水域"] = MaskKind.Water, ["封闭"] = MaskKind.Closed };

    /// <param name="json">The file.</param>
    /// <param name="datum">What its degrees mean.</param>
    /// <param name="center">The box around all areas, degrees.</param>
    /// <param name="fault">What the body must be, when null is returned.</param>
    public static (List<MaskDraft> Masks, List<CoverageMaskRefusal> Refused, int RefusedCount)? Read(JsonElement json, Datum datum, Envelope center, out string? fault)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("FeatureCollection")
            || !json.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            fault = "a GeoJSON FeatureCollection";
            return null;
        }

        if (features.GetArrayLength() is var count && (count == 0 || count > MostFeatures))
        {
            fault = $"a file of 1 to {MostFeatures} features";
            return null;
        }

        var bounds = new Envelope(center);
        bounds.ExpandBy(MostBeyond);
        var (masks, refused, refusedCount, place, positions) = (new Dictionary<string, MaskDraft>(StringComparer.Ordinal), new List<CoverageMaskRefusal>(), 0, -1, 0);
        foreach (var feature in features.EnumerateArray())
        {
            place++;
            var (mask, refusal) = ReadFeature(feature, datum, bounds);
            if (mask is not null && (positions += mask.Geometry.NumPoints) > MostPositionsAtAll)
            {
                fault = $"a file of at most {MostPositionsAtAll} positions";
                return null;
            }

            refusal = mask is not null && !masks.TryAdd(mask.Code, mask) ? new("code", "Another feature before it has this code.") : refusal;
            if (refusal is not null && ++refusedCount <= MostRefusalsTold)
            {
                refused.Add(new CoverageMaskRefusal(place, mask?.Code ?? CodeOf(feature), refusal.Field, refusal.Reason));
            }
        }

        fault = null;
        return ([.. masks.Values], refused, refusedCount);
    }

    private static (MaskDraft? Mask, Refusal? Refusal) ReadFeature(JsonElement feature, Datum datum, Envelope bounds)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object
            || !feature.TryGetProperty("geometry", out var drawn) || drawn.ValueKind != JsonValueKind.Object)
        {
            return (null, new(null, "This is no GeoJSON Feature with properties and a geometry."));
        }

        var arguments = new Arguments();
        var code = AreaRules.CheckCode(TextOf(properties, "code"), arguments);
        var name = arguments.Required("name", TextOf(properties, "name"), AreaRules.MaxNameLength);
        if (TextOf(properties, "kind") is not { } word || !Kinds.TryGetValue(word.Trim(), out var kind))
        {
            arguments.Refuse("kind", "one of " + string.Join(", ", CoverageMask.Kinds.Keys));
            kind = default;
        }

        if (arguments.Problem is { } problem)
        {
            return (null, new((string?)problem.ProblemDetails.Extensions["argument"], problem.ProblemDetails.Detail ?? ""));
        }

        var geometry = GeoJsonReader.Read(drawn, out var error);
        var reason = geometry is null ? $"It is no Polygon or MultiPolygon: {error}."
            : geometry is not IPolygonal ? "It must be a Polygon or a MultiPolygon."
            : geometry.NumPoints > MostPositions ? $"It has more than {MostPositions} positions."
            : null;
        if (reason is not null)
        {
            return (null, new("geometry", reason));
        }

        geometry!.ToWgs84(datum);
        return geometry!.Area <= 0 ? (null, new("geometry", "It has no surface."))
            : !bounds.Contains(geometry.EnvelopeInternal) ? (null, new("geometry", "It lies outside of the center, or reaches far beyond it."))
            : (new MaskDraft(code, name, kind, geometry), null);
    }

    private static string? CodeOf(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && TextOf(properties, "code") is { } text ? new string([.. text.Where(c => !char.IsControl(c)).Take(AreaRules.MaxCodeLength)]) : null;

    private static string? TextOf(JsonElement properties, string name)
    {
        try
        {
            return properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON allows to write it, but it is no text.
            return null;
        }
    }

    private sealed record Refusal(string? Field, string Reason);
}

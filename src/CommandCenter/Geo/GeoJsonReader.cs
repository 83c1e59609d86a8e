using System.Text.Json;
using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>
/// Reads GeoJSON (RFC 7946) points, polygons and multipolygons: longitude before latitude, WGS-84 degrees. An altitude is ignored,
/// a Feature stands for its geometry. What is not allowed is answered with a sentence, never with an exception.
/// </summary>
public static class GeoJsonReader
{
    public const int MaxPositions = 200_000;

    /// <summary>The geometry, or null and what is wrong with it.</summary>
    public static Geometry? Read(JsonElement json, out string? error)
    {
        var geometry = ReadAsDrawn(json, out error);
        if (error is null && geometry is { IsValid: false })
        {
            error = "its rings cross or touch themselves or each other";
        }

        return error is null ? geometry : null;
    }

    /// <summary>As <see cref="Read(JsonElement, out string?)"/>, but rings may cross: for a caller that says where they do.</summary>
    public static Geometry? ReadAsDrawn(JsonElement json, out string? error)
    {
        var budget = MaxPositions;
        try
        {
            return Read(json, 0, ref budget, out error);
        }
        catch (InvalidOperationException)
        {
            // A name or text with half of a surrogate pair: JSON allows to write it, but it is no text.
            error = "a text in it is not valid Unicode";
            return null;
        }
    }

    private static Geometry? Read(JsonElement json, int depth, ref int budget, out string? error)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            error = "it must be a GeoJSON object with a 'type'";
            return null;
        }

        if (json.TryGetProperty("crs", out _))
        {
            error = "'crs' is not allowed: GeoJSON is WGS-84";
            return null;
        }

        var name = type.GetString();
        if (name == "Feature" && depth == 0 && json.TryGetProperty("geometry", out var inner))
        {
            return Read(inner, 1, ref budget, out error);
        }

        if (!json.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            error = "it has no 'coordinates'";
            return null;
        }

        switch (name)
        {
            case "Point":
                return ReadPosition(coordinates, ref budget, out error) is { } at ? Wgs84.Factory.CreatePoint(at) : null;
            case "Polygon":
                return ReadPolygon(coordinates, ref budget, out error);
            case "MultiPolygon":
                return ReadMultiPolygon(coordinates, ref budget, out error);
            default:
                error = "its 'type' must be Point, Polygon or MultiPolygon";
                return null;
        }
    }

    private static MultiPolygon? ReadMultiPolygon(JsonElement coordinates, ref int budget, out string? error)
    {
        var polygons = new List<Polygon>();
        foreach (var item in coordinates.EnumerateArray())
        {
            if (ReadPolygon(item, ref budget, out error) is not { } polygon)
            {
                return null;
            }

            polygons.Add(polygon);
        }

        error = polygons.Count == 0 ? "it has no polygon" : null;
        return error is null ? Wgs84.Factory.CreateMultiPolygon([.. polygons]) : null;
    }

    private static Polygon? ReadPolygon(JsonElement rings, ref int budget, out string? error)
    {
        LinearRing? shell = null;
        var holes = new List<LinearRing>();
        if (rings.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in rings.EnumerateArray())
            {
                if (ReadRing(item, ref budget, out error) is not { } ring)
                {
                    return null;
                }

                if (shell is null)
                {
                    shell = ring;
                }
                else
                {
                    holes.Add(ring);
                }
            }
        }

        error = shell is null ? "a polygon needs at least one ring" : null;
        return shell is null ? null : Wgs84.Factory.CreatePolygon(shell, [.. holes]);
    }

    private static LinearRing? ReadRing(JsonElement positions, ref int budget, out string? error)
    {
        if (positions.ValueKind != JsonValueKind.Array || positions.GetArrayLength() < 4)
        {
            error = "a ring needs four or more positions";
            return null;
        }

        var ring = new List<Coordinate>(Math.Min(positions.GetArrayLength(), MaxPositions));
        foreach (var item in positions.EnumerateArray())
        {
            if (ReadPosition(item, ref budget, out error) is not { } position)
            {
                return null;
            }

            ring.Add(position);
        }

        error = ring[0].Equals2D(ring[^1]) ? null : "a ring must end where it starts";
        return error is null ? Wgs84.Factory.CreateLinearRing([.. ring]) : null;
    }

    private static Coordinate? ReadPosition(JsonElement position, ref int budget, out string? error)
    {
        if (--budget < 0)
        {
            error = $"it has more than {MaxPositions} positions";
            return null;
        }

        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() is < 2 or > 4
            || !Number(position[0], out var longitude) || !Number(position[1], out var latitude))
        {
            error = "a position must be [longitude, latitude]";
            return null;
        }

        if (longitude is not (>= -180 and <= 180) || latitude is not (>= -90 and <= 90))
        {
            error = "a longitude must be from -180 to 180 and a latitude from -90 to 90";
            return null;
        }

        error = null;
        return new Coordinate(longitude, latitude);
    }

    private static bool Number(JsonElement json, out double value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value) && double.IsFinite(value);
    }
}

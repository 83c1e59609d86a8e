using System.Buffers;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>
/// Writes points, polygons and multipolygons as GeoJSON (RFC 7946): 7 decimals (1 cm), outer rings counter-clockwise, holes clockwise.
/// </summary>
public static class GeoJsonWriter
{
    public static void Write(Utf8JsonWriter to, Geometry geometry)
    {
        to.WriteStartObject();
        switch (geometry)
        {
            case Point point:
                to.WriteString("type", "Point");
                to.WritePropertyName("coordinates");
                WritePosition(to, point.X, point.Y);
                break;
            case Polygon polygon:
                to.WriteString("type", "Polygon");
                to.WritePropertyName("coordinates");
                WriteRings(to, polygon);
                break;
            case MultiPolygon many:
                to.WriteString("type", "MultiPolygon");
                to.WriteStartArray("coordinates");
                foreach (var part in many.Geometries)
                {
                    WriteRings(to, (Polygon)part);
                }

                to.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"GeoJSON of a {geometry.GeometryType} is not needed anywhere yet.");
        }

        to.WriteEndObject();
    }

    public static JsonElement ToElement(Geometry geometry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, geometry);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteRings(Utf8JsonWriter to, Polygon polygon)
    {
        to.WriteStartArray();
        if (!polygon.IsEmpty)
        {
            WriteRing(to, polygon.ExteriorRing.CoordinateSequence, counterClockwise: true);
            foreach (var hole in polygon.InteriorRings)
            {
                WriteRing(to, hole.CoordinateSequence, counterClockwise: false);
            }
        }

        to.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter to, CoordinateSequence ring, bool counterClockwise)
    {
        var forward = Orientation.IsCCW(ring) == counterClockwise;
        to.WriteStartArray();
        for (var i = 0; i < ring.Count; i++)
        {
            var at = forward ? i : ring.Count - 1 - i;
            WritePosition(to, ring.GetX(at), ring.GetY(at));
        }

        to.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter to, double longitude, double latitude)
    {
        to.WriteStartArray();
        to.WriteNumberValue(Math.Round(longitude, 7));
        to.WriteNumberValue(Math.Round(latitude, 7));
        to.WriteEndArray();
    }
}

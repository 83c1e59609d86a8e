using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CommandCenter.Geo;

namespace CommandCenter.Coverage.Answers;

/// <summary>Writes a picture as GeoJSON: each patrolled square a polygon with its value, exact. Pure.</summary>
public static class GeoJsonPicture
{
    /// <summary>Of an answer; an export has no such bound.</summary>
    public const int MostSquares = 20_000;

    /// <param name="picture">What to write.</param>
    /// <param name="sparse">Leave those out that are at rest, and say how many.</param>
    /// <param name="plane">That its squares lie in.</param>
    /// <param name="area">Code.</param>
    /// <param name="window">What was asked about.</param>
    /// <param name="reckonedAt">As of when the newest day was; null: none was.</param>
    /// <param name="damaged">Stored stretches of tracks that are not in it.</param>
    public static byte[] Encode(CoveragePicture picture, bool sparse, GaussKruger? plane, string area, CoverageWindow window, DateTimeOffset? reckonedAt, int damaged)
    {
        var to = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteString("area", area);
        json.WriteString("from", CoverageWindow.TextOf(window.From));
        json.WriteString("to", CoverageWindow.TextOf(window.To));
        json.WriteString("measure", picture.Measure.Name());
        json.WriteNumber("size", picture.Meters);
        json.WriteString("unit", picture.Measure.Unit());
        WriteNumber(json, "epsg", plane?.Epsg);
        json.WriteNumber("days", picture.Days);
        json.WriteNumber("reckoned", picture.Reckoned);
        if (reckonedAt is { } at)
        {
            json.WriteString("reckonedAt", at);
        }
        else
        {
            json.WriteNull("reckonedAt");
        }

        json.WriteNumber("damaged", damaged);
        json.WriteNumber("omitted", sparse ? picture.Patrolled - picture.Telling : 0);
        json.WriteStartArray("features");
        if (plane is not null)
        {
            foreach (var (column, row, square) in picture.PatrolledSquares().Where(one => !sparse || !picture.IsAtRest(one.Square)))
            {
                Write(json, picture, plane, column, row, square);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return to.WrittenSpan.ToArray();
    }

    /// <summary>As people read it: visits a week as they are, days and seconds whole.</summary>
    internal static double ValueOf(CoveragePicture picture, int square) =>
        (square - CoveragePicture.FirstValue) / (picture.Measure == CoverageMeasure.Visits ? 10.0 : 1);

    private static void Write(Utf8JsonWriter json, CoveragePicture picture, GaussKruger plane, int column, int row, int square)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", picture.KeyOf(column, row).ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("geometry");
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        json.WriteStartArray();
        foreach (var (x, y) in ((int, int)[])[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
        {
            var (longitude, latitude) = picture.CornerAt(plane, column + x, row + y);
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(longitude, 7));
            json.WriteNumberValue(Math.Round(latitude, 7));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        var longer = picture.IsLonger(square);
        WriteNumber(json, "value", square == CoveragePicture.NoData || longer ? null : ValueOf(picture, square));
        if (longer)
        {
            json.WriteBoolean("longer", true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

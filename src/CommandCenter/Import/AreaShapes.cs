using System.Globalization;
using System.Text.Json;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;

namespace CommandCenter.Import;

/// <summary>
/// A polygon as it is drawn, or what keeps it from being one. Nothing is mended silently: a border decides who is called to an alarm, so a
/// person decides where it runs.
/// </summary>
internal static class AreaShapes
{
    /// <summary>The geometry in WGS-84, or null with a problem; the positions are counted either way.</summary>
    public static (Geometry? Geometry, int Positions)? Read(JsonElement json, int row, string code, Datum datum, ImportProblems problems)
    {
        var geometry = GeoJsonReader.ReadAsDrawn(json, out var error);
        if (geometry is null)
        {
            Explain(json, error ?? "", row, code, problems);
            return null;
        }

        if (geometry is not IPolygonal)
        {
            problems.Error(row, code, "geometry", ImportFault.UnreadableGeometry, "It must be a Polygon or a MultiPolygon.");
            return (null, geometry.NumPoints);
        }

        geometry.ToWgs84(datum);
        return (Check(geometry, row, code, problems) ? geometry : null, geometry.NumPoints);
    }

    private static bool Check(Geometry geometry, int row, string code, ImportProblems problems)
    {
        var valid = new IsValidOp(geometry);
        if (geometry.ConvexHull().Area <= 0)
        {
            problems.Error(row, code, "geometry", ImportFault.EmptyGeometry, "It has no surface: all of its positions lie on a line.");
            return false;
        }

        if (valid.IsValid)
        {
            return true;
        }

        var at = valid.ValidationError.Coordinate is { } place && double.IsFinite(place.X) ? Surfaces.PlaceOf(place) : null;
        problems.Add(new ImportProblem(
            row,
            code,
            "geometry",
            ImportFault.SelfIntersection,
            ImportSeverity.Error,
            string.Create(CultureInfo.InvariantCulture, $"Its rings cross or touch themselves or each other{(at is null ? "" : $" at {at[0]}, {at[1]}")}{Suggestion(geometry)}."),
            At: at));
        return false;
    }

    /// <summary>A ring of so many corners may cross itself a hundred million times, each time a corner of the mended shape.</summary>
    private const int MostMended = 1_000;

    private static string Suggestion(Geometry geometry)
    {
        if (geometry.NumPoints > MostMended)
        {
            return "";
        }

        var mended = GeometryFixer.Fix(geometry);
        return string.Create(
            CultureInfo.InvariantCulture,
            $". Repaired it would have {mended.NumGeometries} part{(mended.NumGeometries == 1 ? "" : "s")} and {mended.SquareMeters():0} m²: draw it as it is meant");
    }

    // The reader has named the fault; degrees that are none deserve a better word.
    private static void Explain(JsonElement json, string error, int row, string code, ImportProblems problems)
    {
        switch (FirstPosition(json))
        {
            case ( >= -90 and <= 90, > 90 and <= 180 or >= -180 and < -90):
                problems.Error(row, code, "geometry", ImportFault.LatitudeFirst, "It looks like latitude first: GeoJSON has longitude before latitude.");
                break;
            case var (x, y) when Math.Abs(x) > 180 || Math.Abs(y) > 180:
                problems.Error(row, code, "geometry", ImportFault.NotDegrees, "Its coordinates are no degrees: export it as WGS-84 (EPSG:4326).");
                break;
            default:
                var fault = IsHollow(json) ? ImportFault.EmptyGeometry : ImportFault.UnreadableGeometry;
                problems.Error(row, code, "geometry", fault, $"It is no Polygon or MultiPolygon: {error}.");
                break;
        }
    }

    private static bool IsHollow(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("coordinates", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 0;

    private static (double X, double Y)? FirstPosition(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("coordinates", out var at))
        {
            return null;
        }

        while (at.ValueKind == JsonValueKind.Array && at.GetArrayLength() > 0 && at[0].ValueKind == JsonValueKind.Array)
        {
            at = at[0];
        }

        return at.ValueKind == JsonValueKind.Array && at.GetArrayLength() >= 2
            && at[0].ValueKind == JsonValueKind.Number && at[0].TryGetDouble(out var x)
            && at[1].ValueKind == JsonValueKind.Number && at[1].TryGetDouble(out var y)
            ? (x, y)
            : null;
    }
}

using System.Globalization;
using System.Text;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Contracts.Import;
using CommandCenter.Geo;
using CommandCenter.Import;
using NetTopologySuite.Geometries;

namespace CommandCenter.Tests.Import;

/// <summary>
/// A small stored center to import into, on a board whose unit is 0.01° (about 1 km): district D [0,0 … 10,10] with subdistricts S1 (west half)
/// and S2 (east half), community C1 filling S1, its grids G1 (south) and G2 (north).
/// </summary>
internal static class Center
{
    public static AreaTree Tree() => new(
        [
            Stored(1, "D", AreaKind.District, null, 0, 0, 10, 10),
            Stored(2, "S1", AreaKind.Subdistrict, 1, 0, 0, 5, 10),
            Stored(3, "S2", AreaKind.Subdistrict, 1, 5, 0, 10, 10),
            Stored(4, "C1", AreaKind.Community, 2, 0, 0, 5, 10),
            Stored(5, "G1", AreaKind.Grid, 4, 0, 0, 5, 5),
            Stored(6, "G2", AreaKind.Grid, 4, 0, 5, 5, 10),
        ],
        1);

    /// <summary>Reads and plans a file as the importer whose area is <paramref name="own"/>.</summary>
    public static (AreaPlan? Plan, ImportProblems Problems, ImportRefusal? Refusal) Take(string file, string own = "D", Datum datum = Datum.Wgs84, AreaTree? tree = null)
    {
        var problems = new ImportProblems();
        var read = AreaFileReader.Read(Encoding.UTF8.GetBytes(file), datum, new ImportOptions(), problems, out var refusal);
        tree ??= Tree();
        return (read is null ? null : AreaImportRules.Plan(read, tree, tree.Find(own)!, problems), problems, refusal);
    }

    public static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(",", features)}}]}""";

    /// <param name="code">Property.</param>
    /// <param name="geometry">JSON.</param>
    /// <param name="others">Further properties as JSON members.</param>
    public static string Feature(string code, string geometry, string others = "") =>
        $$$"""{"type":"Feature","properties":{"code":"{{{code}}}"{{{(others.Length == 0 ? "" : "," + others)}}}},"geometry":{{{geometry}}}}""";

    /// <summary>A new area of that kind, named as its code.</summary>
    public static string New(string code, string kind, string parent, string geometry) =>
        Feature(code, geometry, $"\"name\":\"{code}\",\"kind\":\"{kind}\",\"parent\":\"{parent}\"");

    /// <summary>A rectangle on the board.</summary>
    public static string Box(double west, double south, double east, double north) =>
        Ring((west, south), (east, south), (east, north), (west, north), (west, south));

    public static string Ring(params (double X, double Y)[] corners) => Raw([.. corners.Select(corner => (X(corner.X), Y(corner.Y)))]);

    /// <summary>As written, in degrees.</summary>
    public static string Raw(params (double X, double Y)[] corners) =>
        $$"""{"type":"Polygon","coordinates":[[{{string.Join(",", corners.Select(c => string.Create(CultureInfo.InvariantCulture, $"[{c.X},{c.Y}]")))}}]]}""";

    public static double X(double x) => Math.Round(112.5 + (x / 100), 9);

    public static double Y(double y) => Math.Round(37.8 + (y / 100), 9);

    public static Polygon Shape(double west, double south, double east, double north) => Wgs84.Factory.CreatePolygon(
        [new(X(west), Y(south)), new(X(east), Y(south)), new(X(east), Y(north)), new(X(west), Y(north)), new(X(west), Y(south))]);

    /// <summary>The problems as <c>row code problem severity</c>, for comparing.</summary>
    public static string[] Said(this ImportProblems problems) =>
        [.. problems.ToList().Select(p => $"{p.Row} {p.Code ?? "-"} {p.Problem} {p.Severity}")];

    public static ImportProblem Only(this ImportProblems problems)
    {
        Assert.That(problems.ToList(), Has.Count.EqualTo(1), () => string.Join('\n', problems.ToList()));
        return problems.ToList()[0];
    }

    private static Area Stored(int id, string code, AreaKind kind, int? parent, double west, double south, double east, double north) =>
        new(id, code, code, null, kind, kind == AreaKind.Grid ? GridType.Ordinary : null, parent, Shape(west, south, east, north));
}

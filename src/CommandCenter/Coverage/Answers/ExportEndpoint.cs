using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Http;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Answers;

/// <summary>A picture as a file. Nobody's name is in it.</summary>
internal static class ExportEndpoint
{
    /// <summary>Of a file with a line or a polygon for each.</summary>
    private const int MostSquares = 500_000;

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["csv"] = "text/csv; charset=utf-8",
        ["geojson"] = CoverageFormats.GeoJson,
        ["png"] = "image/png",
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/coverage/export", GetAsync)
        .WithTags("Coverage").RequireAuthorization(Permissions.Dispatch)
        .Produces(200, contentType: "text/csv", additionalContentTypes: [CoverageFormats.GeoJson, "image/png"])
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(413)
        .WithSummary("A picture as a file, format=csv|geojson|png: a row or a polygon for each patrolled square, or a drawing with its legend.");

    private static async Task<IResult> GetAsync(
        string? area,
        string? from,
        string? to,
        string? measure,
        string? size,
        string? format,
        ClaimsPrincipal user,
        AreaDirectory areas,
        CoverageDesk desk,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var shown = CoverageEndpoints.MeasureOf(measure, arguments);
        var meters = CoverageEndpoints.SizeOf(size, arguments);
        if (format is null || !Types.TryGetValue(format, out var type))
        {
            arguments.Refuse("format", "one of " + string.Join(", ", Types.Keys));
            type = "";
        }

        var window = CoverageWindow.Read(from, to, CoverageEndpoints.MostDays, time.GetUtcNow(), center.Value, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (user.ToViewer().ScopeIn(areas.Current).Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var days = await desk.DaysAsync(window!, cancellationToken);
        var squares = days.Plan.SquaresOf(node);
        if (PictureRules.SquaresIn(squares, meters) > CoverageEndpoints.MostSquares || (format != "png" && squares.Count / (meters / 25 * (meters / 25)) > MostSquares))
        {
            return CoverageEndpoints.TooMany(string.Create(
                CultureInfo.InvariantCulture, $"A file has at most {MostSquares} squares, and a drawing {CoverageEndpoints.MostSquares}: ask for larger squares, or for the areas below it."));
        }

        var picture = await desk.PictureAsync(days, node, shown, meters, cancellationToken);
        var bytes = format switch
        {
            "csv" => CsvPicture.Encode(picture, days.Plan),
            "png" => PngPicture.Encode(picture),
            _ => GeoJsonPicture.Encode(picture, sparse: false, days.Plan.Plane, node.Area.Code, days.Window, days.ReckonedAt, days.Damaged),
        };
        var name = $"coverage-{node.Area.Code}-{CoverageWindow.TextOf(window!.From)}-{CoverageWindow.TextOf(window.To)}-{shown.Name()}.{format}";
        return TypedResults.File(bytes, type, name);
    }
}

using System.Globalization;
using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Coverage;
using CommandCenter.Http;
using CommandCenter.Web;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CommandCenter.Coverage.Answers;

/// <summary>The picture of what was patrolled, and rates: nobody's name is in them.</summary>
internal static class CoverageEndpoints
{
    public const int MostDays = 400;

    /// <summary>Of the box around an area: 16 MB while it is reckoned.</summary>
    public const int MostSquares = 4_000_000;

    private const string ReckonedAt = "Coverage-Reckoned-At";
    private const string Damaged = "Coverage-Damaged";

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/coverage").WithTags("Coverage").RequireAuthorization(Permissions.Watch);
        group.MapGet("", PictureAsync)
            .Produces(200, contentType: CoverageFormats.GeoJson, additionalContentTypes: [PackedPicture.MediaType])
            .Produces(304).ProducesProblem(400).ProducesProblem(403).ProducesProblem(406).ProducesProblem(413)
            .WithSummary("One measure (age, visits, dwell, blind) of the squares of area= from day from= until before to=, in squares of size=25, 50 or 100 m; Accept chooses packed bytes or GeoJSON.");
        group.MapGet("rates", RatesAsync).Produces<CoverageRates>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("How much of an area and of those right below it was patrolled, planned against done, and the trend by day.");
    }

    private static async Task<IResult> PictureAsync(
        string? area,
        string? from,
        string? to,
        string? measure,
        string? size,
        HttpContext context,
        ClaimsPrincipal user,
        AreaDirectory areas,
        CoverageDesk desk,
        CoverageBodies bodies,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var shown = MeasureOf(measure, arguments);
        var meters = SizeOf(size, arguments);
        var window = CoverageWindow.Read(from, to, MostDays, time.GetUtcNow(), center.Value, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (CoverageFormats.Choose(context.Request.Headers.Accept) is not { } format)
        {
            return CoverageFormats.NotAcceptable;
        }

        if (user.ToViewer().ScopeIn(areas.Current).Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var days = await desk.DaysAsync(window!, cancellationToken);
        var squares = days.Plan.SquaresOf(node);
        if (PictureRules.SquaresIn(squares, meters) > MostSquares)
        {
            return TooMany(string.Create(CultureInfo.InvariantCulture, $"The box around this area has more than {MostSquares} squares of {meters} m: ask for larger squares, or for the areas below it."));
        }

        var isPacked = format == PackedPicture.MediaType;
        int[] sizes = isPacked || !string.IsNullOrEmpty(size) ? [meters] : [.. Sizes.Values];
        var key = KeyOf(days, node, shown, sizes, isPacked);
        var body = bodies.Find(key);
        if (body is null)
        {
            var bytes = isPacked
                ? PackedPicture.Encode(await desk.PictureAsync(days, node, shown, meters, cancellationToken), days.Plan.Plane)
                : await GeoJsonAsync(desk, days, node, shown, sizes, cancellationToken);
            if (bytes is null)
            {
                return TooMany(string.Create(
                    CultureInfo.InvariantCulture,
                    $"There are more squares than the {GeoJsonPicture.MostSquares} of a GeoJSON answer: ask for {PackedPicture.MediaType}, for larger squares, or for the areas below it; GET /api/coverage/export has no such bound."));
            }

            body = bodies.Keep(key, bytes);
        }

        // Kept by the browser, but asked for anew each time: what was reckoned meanwhile shows at once, and another account sees its own.
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Accept";
        headers.ETag = body.Tag;
        if (days.ReckonedAt is { } at)
        {
            headers[ReckonedAt] = at.ToString("O", CultureInfo.InvariantCulture);
        }

        if (days.Damaged > 0)
        {
            headers[Damaged] = days.Damaged.ToString(CultureInfo.InvariantCulture);
        }

        return context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag == EntityTagHeaderValue.Any || tag.Compare(EntityTagHeaderValue.Parse(body.Tag), useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body.Bytes, format);
    }

    /// <summary>
    /// Who names no size wants to see what is there: of an area that has too many squares those that say something, in the finest size in which they are few enough. Null: too many in every one.
    /// </summary>
    private static async Task<byte[]?> GeoJsonAsync(
        CoverageDesk desk, CoverageDays days, AreaNode node, CoverageMeasure measure, int[] sizes, CancellationToken cancellationToken)
    {
        foreach (var meters in sizes)
        {
            var picture = await desk.PictureAsync(days, node, measure, meters, cancellationToken);
            var sparse = sizes.Length > 1 && picture.Patrolled > GeoJsonPicture.MostSquares;
            if ((sparse ? picture.Telling : picture.Patrolled) <= GeoJsonPicture.MostSquares)
            {
                return GeoJsonPicture.Encode(picture, sparse, days.Plan.Plane, node.Area.Code, days.Window, days.ReckonedAt, days.Damaged);
            }
        }

        return null;
    }

    private static async Task<IResult> RatesAsync(
        string? area,
        string? from,
        string? to,
        ClaimsPrincipal user,
        AreaDirectory areas,
        CoverageDesk desk,
        IOptions<CenterOptions> center,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var window = CoverageWindow.Read(from, to, MostDays, time.GetUtcNow(), center.Value, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (user.ToViewer().ScopeIn(areas.Current).Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var days = await desk.DaysAsync(window!, cancellationToken);
        AreaNode[] parts = [node, .. node.Children];
        return TypedResults.Ok(RateViews.Of(days, parts, await desk.RatesAsync(days, node, parts, cancellationToken)));
    }

    internal static CoverageMeasure MeasureOf(string? measure, Arguments arguments)
    {
        if (arguments.OneOf("measure", measure, CoverageMeasures.Words) is { } known)
        {
            return known;
        }

        arguments.Refuse("measure", "one of " + string.Join(", ", CoverageMeasures.Words.Keys));
        return default;
    }

    internal static int SizeOf(string? size, Arguments arguments) =>
        arguments.OneOf("size", size, Sizes) ?? 25;

    internal static IResult TooMany(string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusCodes.Status413PayloadTooLarge,
        title: "Too large",
        type: "/problems/too-many-squares",
        extensions: new Dictionary<string, object?> { ["reason"] = "too-many-squares" });

    private static readonly Dictionary<string, int> Sizes = new(StringComparer.Ordinal) { ["25"] = 25, ["50"] = 50, ["100"] = 100 };

    /// <summary>All that the bytes depend on.</summary>
    private static string KeyOf(CoverageDays days, AreaNode area, CoverageMeasure measure, int[] sizes, bool isPacked)
    {
        var of = string.Create(
            CultureInfo.InvariantCulture,
            $"{area.Area.Id} {days.Plan.Tree.Version} {days.Plan.Plane?.Meridian} {days.Rules.Version} {days.Window.From.DayNumber} {days.Window.To.DayNumber} {days.Window.Last.DayNumber} {measure} {string.Join('-', sizes)} {isPacked} {(isPacked ? 0 : days.ReckonedAt?.UtcTicks)}");
        return string.Join(' ', days.All.Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Day.DayNumber}:{day.Version}")).Prepend(of));
    }
}

using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CommandCenter.Tracks.Reimport;

/// <summary><c>POST /api/tracks/reimport</c>: fixes of an export put back where they are missing; tools/Tracks reads the files and sends them piece by piece.</summary>
internal static class TrackReimportEndpoints
{
    private const string MediaType = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/tracks/reimport", PostAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Administer)
        .Produces<TrackReimportReport>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(428).ProducesProblem(503)
        .WithSummary("Puts back fixes that are missing: lines as in raw/fixes.jsonl of a case, at most 50,000, of workers in the administrator's area. What is stored is never changed. A reason is needed.");

    private static async Task<IResult> PostAsync(HttpContext context, ClaimsPrincipal user, TrackReimporter reimporter, CancellationToken cancellationToken)
    {
        if (!string.Equals(context.Request.ContentType?.Split(';')[0].Trim(), MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.UnsupportedMedia("unsupported-media", $"Send {MediaType}: a JSON object a line, as in raw/fixes.jsonl of a case.");
        }

        if (AuditReason.From(context.Request, out var without) is not { } reason)
        {
            return without!;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = ReimportLimits.MostBytes;
        }

        using var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 64 * 1_024, ReimportLimits.MostBytes));
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        body.Position = 0;
        var lines = new List<FixLine>();
        var hours = new HashSet<(string, long)>();
        foreach (var line in RawFixes.Read(body))
        {
            lines.Add(line);
            hours.Add((line.Worker, TrackPiece.HourOf(line.Fix.FixTimeMs)));
            if (lines.Count > ReimportLimits.MostFixes || hours.Count > ReimportLimits.MostWorkerHours)
            {
                return TooMuch();
            }
        }

        return TypedResults.Ok(await reimporter.PutBackAsync(user.ToViewer(), reason, lines, cancellationToken));
    }

    private static IResult TooMuch() => TypedResults.Problem(
        $"One request holds at most {ReimportLimits.MostFixes} fixes of {ReimportLimits.MostWorkerHours} different workers' hours: send the file in several.",
        statusCode: StatusCodes.Status400BadRequest,
        title: "Too much at once",
        type: "/problems/too-much",
        extensions: new Dictionary<string, object?>
        {
            ["reason"] = "too-much",
            ["allowed"] = new { fixes = ReimportLimits.MostFixes, workerHours = ReimportLimits.MostWorkerHours },
        });
}

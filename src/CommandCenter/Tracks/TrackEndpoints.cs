using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks;

/// <summary><c>GET /api/tracks</c>: the tracks of some workers, or of all who were in an area, for scripts; the hub streams the same to pages.</summary>
public static class TrackEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .Produces(200, contentType: "application/json", additionalContentTypes: ["application/geo+json", TrackChunk.PackedType])
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(428).ProducesProblem(429).ProducesProblem(503)
        .WithSummary("Tracks of workers=a,b or of all who were in area=… between from= and to=, complete to the second; needs X-Audit-Reason or reason=, and is on the audit trail of each worker.");

    private static async Task<IResult> GetAsync(
        string? workers,
        string? area,
        string? from,
        string? to,
        HttpRequest request,
        ClaimsPrincipal user,
        TrackDesk desk,
        IOptions<TrackMeaningOptions> meaning,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var (start, end) = (arguments.Moment("from", from), arguments.Moment("to", to));
        if (start is null || end is null)
        {
            arguments.Refuse(start is null ? "from" : "to", "a moment such as 2026-01-31T08:00:00Z");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (AuditReason.From(request, out var unreasoned) is not { } why)
        {
            return unreasoned!;
        }

        if (TrackFormats.Choose(request.Headers.Accept) is not { } format)
        {
            return TrackFormats.NotAcceptable;
        }

        var asked = new TrackRequest
        {
            Workers = string.IsNullOrEmpty(workers) ? null : Arguments.CodesOf(workers),
            Area = string.IsNullOrEmpty(area) ? null : area,
            From = start!.Value.ToUnixTimeMilliseconds(),
            To = end!.Value.ToUnixTimeMilliseconds(),
            Reason = why.Text,
            Case = why.Case,
        };
        var (opening, refusal) = await desk.OpenAsync(user.ToViewer(), asked, null, cancellationToken);
        return opening is null ? refusal!.ToResult() : new TrackAnswer(opening, format, meaning.Value);
    }
}

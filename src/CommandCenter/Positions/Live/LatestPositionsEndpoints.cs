using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Http;

namespace CommandCenter.Positions.Live;

/// <summary><c>GET /api/positions</c>: the newest fix of everybody in an area, as GeoJSON, for scripts and other systems.</summary>
public static class LatestPositionsEndpoints
{
    private const int DefaultLimit = 20_000;
    private const int MaxLimit = 50_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/positions", GetAsync)
        .WithTags("Positions").RequireAuthorization(Permissions.Watch)
        .Produces(200, contentType: "application/geo+json").ProducesProblem(400).ProducesProblem(403)
        .WithSummary("Newest fix of each worker seen in the area, GeoJSON (RFC 7946); each request is a row on the audit trail.");

    private static async Task<IResult> GetAsync(
        string? area,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        LatestPositions positions,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit, DefaultLimit, MaxLimit);
        var after = arguments.NumberCursor(cursor) ?? 0;
        if (after >= int.MaxValue)
        {
            arguments.Refuse("cursor", "the 'next' of an earlier page");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (viewer.ScopeIn(areas.Current).Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        await audit.WriteAsync(viewer, AuditActions.WatchArea, node.Area.Id, detail: "GET /api/positions", cancellationToken: cancellationToken);
        return Results.Bytes(positions.Write(node.Area.Id, viewer, (int)after, size), "application/geo+json");
    }
}

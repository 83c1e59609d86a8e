using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Wall;

/// <summary>
/// <c>POST /api/workers/{code}/follow</c>: a screen is about to keep one worker in its middle. The positions come over the wall's
/// stream as before; what this adds is the row on the audit trail, without which no page follows anyone.
/// </summary>
public static class FollowEndpoints
{
    private const int MaxReasonLength = 200;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers/{code}/follow", FollowAsync)
        .WithTags("Workers").RequireAuthorization(Permissions.Watch)
        .Produces(204).ProducesProblem(400).ProducesProblem(403)
        .WithSummary("Records that the viewer begins to follow a worker live; reason= says why.");

    private static async Task<IResult> FollowAsync(
        string code,
        string? reason,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var why = arguments.Optional("reason", reason, MaxReasonLength);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (workers.FindIn(viewer.ScopeIn(areas.Current), code) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        await audit.WriteAsync(viewer, AuditActions.Follow, worker.HomeAreaId, worker.Id, why, cancellationToken: cancellationToken);
        return TypedResults.NoContent();
    }
}

using CommandCenter.Access;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>
/// <c>GET /api/watched</c>: the worker's own view of the audit trail, opened with the user and password of one of the worker's devices, as
/// the phone has them for reporting. It lists looks at this one worker; what else was noted (areas watched as a whole, changes) is not in it.
/// </summary>
public static class WatchedEndpoints
{
    private const int UsualLimit = 50;
    private const int MostLimit = 500;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/watched", ListAsync)
        .WithTags("Audit")
        .AllowAnonymous()
        .Produces<Page<WatchedEntry>>()
        .ProducesProblem(400)
        .ProducesProblem(401)
        .ProducesProblem(403)
        .ProducesProblem(429)
        .ProducesProblem(503)
        .WithSummary("Who looked at the worker whose device asks (Basic), when, how and why; newest first.");

    private static async Task<IResult> ListAsync(
        string? limit,
        string? cursor,
        HttpContext context,
        WatchedDoor door,
        DeviceDirectory devices,
        AuditTrail trail,
        CancellationToken cancellationToken)
    {
        var sender = BasicCredentials.TryRead(context.Request, out var who)
            ? await devices.FindByCredentialsAsync(who.User, who.Password, cancellationToken)
            : DeviceLookup.Unknown;
        if (door.Refuse(context, sender) is { } refusal)
        {
            return refusal;
        }

        var arguments = new Arguments();
        var size = arguments.Limit(limit, UsualLimit, MostLimit);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-store";
        var found = await trail.LooksAtAsync(sender.Device!.WorkerId, before, size + 1, cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => row.ToWatched()));
    }
}

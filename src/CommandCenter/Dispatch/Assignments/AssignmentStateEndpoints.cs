using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>
/// The states of an assignment, set by a dispatcher or by the phone of who was sent, with the user and password of the worker's device (Basic).
/// </summary>
internal static class AssignmentStateEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/assignments/{id}/state", SetAsync).WithTags("Dispatch").AllowAnonymous()
            .Produces<AssignmentInfo>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("Sets where somebody who was sent stands; states in between are set with it. Session of a dispatcher, or Basic of the worker's device.");
        app.MapGet("/api/assignments/mine", MineAsync).WithTags("Dispatch").AllowAnonymous()
            .Produces<Page<AssignmentInfo>>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("Where the worker of the asking device is sent now (Basic).");
    }

    private static async Task<IResult> SetAsync(
        string id,
        AssignmentChange body,
        HttpContext context,
        AlarmPlaces alarms,
        AreaDirectory areas,
        AssignmentDoor door,
        AssignmentStore store,
        AssignmentViews views,
        AssignmentTelling telling,
        CancellationToken cancellationToken)
    {
        var (worker, viewer, refusal) = await door.WhoAsync(context, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var arguments = new Arguments();
        var to = arguments.OneOf("state", body.State, AssignmentRules.Settable);
        if (to is null)
        {
            arguments.Refuse("state", "one of " + string.Join(", ", AssignmentRules.Settable.Keys));
        }

        var note = arguments.Optional("note", body.Note, 500);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        // The same answer for another worker's, another area's and none, so that ids cannot be probed.
        if (!Guid.TryParseExact(id, "D", out var key)
            || await store.FindAsync(key, cancellationToken) is not { } row
            || (viewer is null ? row.WorkerId != worker!.Id : !viewer.ScopeIn(areas.Current).Contains(row.AreaId)))
        {
            return Problems.OutOfScope("assignment");
        }

        var set = await store.SetAsync(
            key, to!.Value, viewer is null ? AssignmentActor.Phone : AssignmentActor.Dispatcher, viewer?.User ?? worker!.Code, note, viewer, cancellationToken);
        if (set is not var (now, could))
        {
            return Problems.OutOfScope("assignment");
        }

        if (!could)
        {
            return Problems.Conflict("state-passed", $"It is '{((AssignmentState)now.State).Name()}' and cannot become '{to.Value.Name()}'.");
        }

        await telling.TellAsync(cancellationToken);
        return TypedResults.Ok((await views.OfAsync([now], await alarms.FindAsync(now.AlarmId, cancellationToken), viewer, cancellationToken))[0]);
    }

    private static async Task<IResult> MineAsync(
        HttpContext context, AlarmPlaces alarms, AssignmentDoor door, AssignmentStore store, AssignmentViews views, CancellationToken cancellationToken)
    {
        var (worker, _, refusal) = await door.WhoAsync(context, cancellationToken);
        if (refusal is not null || worker is null)
        {
            return refusal ?? Problems.Forbidden("device-only", "Phones ask this with their own user and password.");
        }

        context.Response.Headers.CacheControl = "no-store";
        var rows = await store.OpenOfAsync(worker.Id, cancellationToken);
        return TypedResults.Ok(new Page<AssignmentInfo>(
            rows.Count == 0 ? [] : await views.OfAsync(rows, await alarms.FindAsync(rows[0].AlarmId, cancellationToken), null, cancellationToken), null));
    }
}

using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Dispatch;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Dispatch.Assignments;

/// <summary>Sends workers to alarms, and tells who was sent.</summary>
internal static class AssignmentEndpoints
{
    private const int MostOfATeam = 20;
    private const int MostOfAnAlarm = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/assignments", SendAsync).WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch)
            .Produces<Page<AssignmentInfo>>(201).Produces<Page<AssignmentInfo>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Sends workers to an alarm, all of them or nobody: 409 'worker-taken' names who is under way to another. The same id again is the same request.");
        app.MapGet("/api/alarms/{id}/assignments", ListAsync).WithTags("Dispatch").RequireAuthorization(Permissions.Dispatch)
            .Produces<Page<AssignmentInfo>>().ProducesProblem(403)
            .WithSummary("Who was sent to an alarm, how far they have come and how far they still have to go.");
    }

    private static async Task<IResult> SendAsync(
        NewAssignment body,
        ClaimsPrincipal user,
        AlarmPlaces alarms,
        AreaDirectory areas,
        WorkerDirectory workers,
        AssignmentStore store,
        AssignmentViews views,
        AssignmentTelling telling,
        IOptions<DispatchOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        if (!Guid.TryParseExact(body.Id, "D", out var team) || team == Guid.Empty)
        {
            arguments.Refuse("id", "a UUID such as 0198c0de-5f00-7abc-8def-001122334455");
        }

        var codes = body.Workers?.Where(code => !string.IsNullOrWhiteSpace(code)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() ?? [];
        if (codes.Length is 0 or > MostOfATeam)
        {
            arguments.Refuse("workers", $"codes of 1 to {MostOfATeam} workers");
        }

        var note = arguments.Optional("note", body.Note, 500);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (await alarms.FindAsync(viewer, body.Alarm, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        var scope = viewer.ScopeIn(areas.Current);
        var roster = workers.Current;
        var sent = codes.Select(roster.Find).ToArray();
        if (sent.Any(worker => worker is null || !scope.Contains(worker.HomeAreaId)))
        {
            return Problems.OutOfScope("worker");
        }

        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (sent.FirstOrDefault(worker => !worker!.IsOnDuty(nowMs)) is { } off)
        {
            return Problems.Conflict("worker-off-duty", $"{off.Code} is off duty: call them up first.");
        }

        if (!alarm.IsOpen)
        {
            // A retry of what was sent while it was open is still answered.
            return await store.OfTeamAsync(team, cancellationToken) is { Count: > 0 } earlier
                ? TypedResults.Ok(new Page<AssignmentInfo>(await views.OfAsync(earlier, alarm, viewer, cancellationToken), null))
                : Problems.Conflict("alarm-closed", "The alarm is closed: open it again first.");
        }

        var (rows, taken, wasThere) = await store.SendAsync(
            viewer, team, alarm.Id, [.. sent.Select(worker => (worker!.Id, worker.HomeAreaId))], note, TimeSpan.FromSeconds(options.Value.AnswerSeconds), cancellationToken);
        if (rows is null)
        {
            return Problems.Conflict("worker-taken", $"Already under way: {string.Join(", ", taken.Select(id => roster[id]?.Code).OfType<string>())}. Nobody was sent.");
        }

        if (rows[0].AlarmId != alarm.Id || !rows.Select(row => row.WorkerId).ToHashSet().SetEquals(sent.Select(worker => worker!.Id)))
        {
            return Problems.Conflict("assignment-exists", "There is another assignment of this id.");
        }

        await telling.TellAsync(cancellationToken);
        var told = new Page<AssignmentInfo>(await views.OfAsync(rows, alarm, viewer, cancellationToken), null);
        return wasThere ? TypedResults.Ok(told) : TypedResults.Created($"/api/alarms/{alarm.Id:D}/assignments", told);
    }

    private static async Task<IResult> ListAsync(
        string id, ClaimsPrincipal user, AlarmPlaces alarms, AssignmentStore store, AssignmentViews views, CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await alarms.FindAsync(viewer, id, cancellationToken) is not { } alarm)
        {
            return Problems.OutOfScope("alarm");
        }

        var rows = await store.OfAlarmAsync(alarm.Id, MostOfAnAlarm, cancellationToken);
        return TypedResults.Ok(new Page<AssignmentInfo>(await views.OfAsync(rows, alarm, viewer, cancellationToken), null));
    }
}

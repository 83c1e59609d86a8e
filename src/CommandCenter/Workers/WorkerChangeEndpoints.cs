using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Workers;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>What happens to one worker of the roster: corrected, gone, followed.</summary>
public static class WorkerChangeEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPut("{code}", ChangeAsync).RequireAuthorization(Permissions.ManageWorkers)
            .Produces<WorkerInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Corrects name, role, home area, phone and skills; the code stays for good.");
        group.MapPost("{code}/leave", LeaveAsync).RequireAuthorization(Permissions.ManageWorkers)
            .Produces(204).ProducesProblem(403)
            .WithSummary("Takes the worker off the roster: duty ends and all devices are revoked, all or nothing; the trail and tracks stay.");
        group.MapPost("{code}/follow", FollowAsync)
            .Produces(204).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Says that following begins: a row on the audit trail, which the worker can read.");
    }

    private static async Task<IResult> ChangeAsync(
        string code,
        RosterChange body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        WorkerStore store,
        WorkerLoading loading,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var name = arguments.Required("name", body.Name, AreaRules.MaxNameLength);
        var phone = WorkerRules.CheckPhone(body.Phone, arguments);
        var areaCode = AreaRules.CheckCode(body.Area, arguments, "area");
        var role = WorkerRules.CheckRole(body.Role, arguments);
        var skills = WorkerSkills.Check(body.Skills, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (workers.FindIn(scope, code) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        if (scope.Resolve(areaCode) is not { } home)
        {
            return Problems.OutOfScope("area");
        }

        switch (await store.ChangeAsync(worker.Id, worker.HomeAreaId, new WorkerDraft(name, role, home.Area.Id, phone, skills), cancellationToken))
        {
            case WorkerChanged.Left:
                return Problems.OutOfScope("worker");
            case WorkerChanged.Overtaken:
                await loading.RefreshAsync(CancellationToken.None);
                return Problems.Conflict("changed-meanwhile", "Somebody else moved this worker a moment ago: look again.");
        }

        var moved = home.Area.Id == worker.HomeAreaId ? null : $"from {scope.Tree.Find(worker.HomeAreaId)?.Area.Code} to {home.Area.Code}";
        await audit.WriteAsync(viewer, AuditActions.ChangeWorker, home.Area.Id, worker.Id, detail: moved, cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(CancellationToken.None);
        return workers.Current[worker.Id] is { } now
            ? TypedResults.Ok(WorkerEndpoints.Info(now, viewer, areas.Current, time.GetUtcNow().ToUnixTimeMilliseconds()))
            : Problems.OutOfScope("worker");
    }

    private static async Task<IResult> LeaveAsync(
        string code,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        WorkerStore store,
        WorkerLoading loading,
        DeviceLoading devices,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (workers.FindIn(viewer.ScopeIn(areas.Current), code) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        if (await store.LeaveAsync(worker.Id, viewer.AccountId, cancellationToken) is { } revoked)
        {
            var detail = revoked == 0 ? null : $"{revoked} devices revoked";
            await audit.WriteAsync(
                viewer, AuditActions.RemoveWorker, worker.HomeAreaId, worker.Id, detail: detail, cancellationToken: CancellationToken.None);
        }

        await devices.RefreshAsync(CancellationToken.None);
        await loading.RefreshAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> FollowAsync(
        string code,
        FollowRequest? body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var why = arguments.Optional("reason", body?.Reason, WorkerEndpoints.MaxReasonLength);
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

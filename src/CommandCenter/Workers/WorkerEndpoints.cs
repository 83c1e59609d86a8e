using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Workers;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>The roster within the viewer's area.</summary>
public static class WorkerEndpoints
{
    private const int MaxSearchLength = 50;
    internal const int MaxReasonLength = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/workers").WithTags("Workers").RequireAuthorization(Permissions.Watch);
        group.MapGet("", ListAsync).Produces<Page<WorkerInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Workers at home in the viewer's area; search= looks in name, code and skills, and in the phone number for those who may see it; leavers=true adds those who left, for whoever may read tracks.");
        group.MapGet("{code}", OpenCardAsync).Produces<WorkerInfo>().ProducesProblem(403)
            .WithSummary("One worker's card; each opening is a row on the audit trail.");
        WorkerChangeEndpoints.Map(group);
        group.MapPost("", AddAsync).RequireAuthorization(Permissions.ManageWorkers)
            .Produces<WorkerInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Adds a worker to the roster, off duty; codes are never used twice.");
        group.MapPost("{code}/duty", ChangeDutyAsync).RequireAuthorization(Permissions.ChangeDuty)
            .Produces<WorkerInfo>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("On or off duty from now on: only who is on duty is located.");
    }

    private static async Task<IResult> ListAsync(
        string? area,
        string? onDuty,
        string? search,
        string? leavers,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        WorkerRegister register,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var onlyDuty = arguments.Flag("onDuty", onDuty);
        var withLeavers = arguments.Flag("leavers", leavers) is true;
        var text = arguments.Optional("search", search, MaxSearchLength);
        var size = arguments.Limit(limit);
        var after = arguments.NumberCursor(cursor) ?? -1;
        if (after >= int.MaxValue)
        {
            arguments.Refuse("cursor", "the 'next' of an earlier page");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (withLeavers && !Permissions.Allows(Permissions.Dispatch, viewer.Role))
        {
            return Problems.Forbidden("role", "Leavers have nothing but a past: they are for dispatchers and those above them, who may read tracks.");
        }

        var tree = areas.Current;
        var scope = viewer.ScopeIn(tree);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        // The roster first: who leaves meanwhile is then in both, and never in neither.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = workers.Current.From((int)after + 1)
            .Where(worker => node.Contains(tree.Find(worker.HomeAreaId))
                && (onlyDuty is null || worker.IsOnDuty(now) == onlyDuty)
                && (text is null || WorkerSearch.Matches(worker, text, viewer.MaySeePhones)))
            .Take(size + 1)
            .Select(worker => Info(worker, viewer, tree, now))
            .ToList();
        if (withLeavers && onlyDuty is not true)
        {
            var gone = await register.LeaversAsync(scope.IdsUnder(node), text, (int)after, size + 1, cancellationToken);
            found = [.. gone.Select(one => Info(one, viewer, tree, now) with { Left = one.LeftAt }).Concat(found).DistinctBy(one => one.Id).OrderBy(one => one.Id).Take(size + 1)];
        }

        return TypedResults.Ok(Pages.Of(found, size, one => one.Id, one => one));
    }

    private static async Task<IResult> OpenCardAsync(
        string code,
        string? reason,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        AuditStore audit,
        TimeProvider time,
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

        await audit.WriteAsync(viewer, AuditActions.OpenCard, worker.HomeAreaId, worker.Id, why, cancellationToken: cancellationToken);
        return TypedResults.Ok(Info(worker, viewer, areas.Current, time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private static async Task<IResult> AddAsync(
        NewWorker body,
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
        var code = AreaRules.CheckCode(body.Code, arguments);
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
        if (viewer.ScopeIn(areas.Current).Resolve(areaCode) is not { } home)
        {
            return Problems.OutOfScope("area");
        }

        if (await store.AddAsync(code, new WorkerDraft(name, role, home.Area.Id, phone, skills), cancellationToken) is not { } id)
        {
            return Problems.Conflict("code-taken", $"There is or was a worker {code} already.");
        }

        await audit.WriteAsync(viewer, AuditActions.AddWorker, home.Area.Id, id, cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.Created(
            $"/api/workers/{code}", Info(workers.Current[id]!, viewer, areas.Current, time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private static async Task<IResult> ChangeDutyAsync(
        string code,
        DutyChange body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        WorkerStore store,
        WorkerLoading loading,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (workers.FindIn(viewer.ScopeIn(areas.Current), code) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        if (await store.SetDutyAsync(worker.Id, body.OnDuty, cancellationToken))
        {
            await audit.WriteAsync(
                viewer, AuditActions.ChangeDuty, worker.HomeAreaId, worker.Id, detail: body.OnDuty ? "on" : "off", cancellationToken: CancellationToken.None);
        }

        await loading.RefreshAsync(cancellationToken);
        return workers.Current[worker.Id] is { } now
            ? TypedResults.Ok(Info(now, viewer, areas.Current, time.GetUtcNow().ToUnixTimeMilliseconds()))
            : Problems.OutOfScope("worker");
    }

    internal static WorkerInfo Info(Worker worker, Viewer viewer, AreaTree tree, long nowMs) => new(
        worker.Id,
        worker.Code,
        worker.Name,
        worker.Role.Name(),
        tree.Find(worker.HomeAreaId)?.Area.Code ?? "",
        viewer.MaySeePhones ? worker.Phone : null,
        worker.IsOnDuty(nowMs),
        worker.Skills);
}

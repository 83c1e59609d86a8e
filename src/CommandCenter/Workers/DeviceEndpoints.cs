using System.Security.Claims;
using System.Security.Cryptography;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Devices;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>Enrolling and revoking of devices. Secrets appear in the answer to enrolling and nowhere else.</summary>
public static class DeviceEndpoints
{
    internal const int MaxLabelLength = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/api/devices").WithTags("Devices");
        devices.MapGet("", ListAsync).RequireAuthorization(Permissions.Dispatch)
            .Produces<Page<DeviceInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Devices of workers at home in the viewer's area, with when each was last heard and how many of its reports were refused.");
        devices.MapGet("{id:int}", GetAsync).RequireAuthorization(Permissions.Dispatch).Produces<DeviceInfo>().ProducesProblem(403)
            .WithSummary("One device; why its reports were refused: /api/devices/{id}/refusals.");
        devices.MapPost("", EnrolAsync).RequireAuthorization(Permissions.EnrolDevices)
            .Produces<EnrolledDevice>(201).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Enrols a phone for a worker; the answer alone shows its secrets.");
        devices.MapDelete("{id:int}", RevokeAsync).RequireAuthorization(Permissions.EnrolDevices)
            .Produces(204).ProducesProblem(403).WithSummary("Revokes: at once on this node, within a second on others.");
    }

    private static async Task<IResult> ListAsync(
        string? worker,
        string? area,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        DeviceList devices,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var after = arguments.IdCursor(cursor);

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var one = string.IsNullOrEmpty(worker) ? null : workers.FindIn(scope, worker);
        if (one is null && !string.IsNullOrEmpty(worker))
        {
            return Problems.OutOfScope("worker");
        }

        var found = await devices.PageAsync(scope.IdsUnder(node), one?.Id, after, size + 1, cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => row.ToInfo()));
    }

    private static async Task<IResult> GetAsync(
        int id, ClaimsPrincipal user, AreaDirectory areas, DeviceList devices, CancellationToken cancellationToken) =>
        await FindAsync(id, user, areas, devices, cancellationToken) is { } row ? TypedResults.Ok(row.ToInfo()) : Problems.OutOfScope("device");

    private static async Task<IResult> EnrolAsync(
        NewDevice body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        DeviceStore store,
        DeviceLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var label = arguments.Optional("label", body.Label, MaxLabelLength);
        var code = AreaRules.CheckCode(body.Worker, arguments, "worker");
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (workers.FindIn(viewer.ScopeIn(areas.Current), code) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        var (name, osmandId, password) = (NewUserName("d"), DeviceSecrets.New(), DeviceSecrets.New());
        if (await store.AddAsync(
            worker.Id, label, name, DeviceSecrets.Hash(password), DeviceSecrets.Hash(osmandId), viewer.AccountId, cancellationToken) is not { } id)
        {
            return Problems.OutOfScope("worker");
        }

        await audit.WriteAsync(viewer, AuditActions.EnrolDevice, worker.HomeAreaId, worker.Id, detail: name, cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.Created($"/api/devices/{id}", new EnrolledDevice(id, worker.Code, label, osmandId, name, password));
    }

    private static async Task<IResult> RevokeAsync(
        int id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        DeviceList devices,
        DeviceStore store,
        DeviceLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, areas, devices, cancellationToken) is not { } row)
        {
            return Problems.OutOfScope("device");
        }

        var viewer = user.ToViewer();
        await audit.WriteAsync(viewer, AuditActions.RevokeDevice, row.HomeAreaId, row.WorkerId, detail: row.UserName, cancellationToken: cancellationToken);
        await store.RevokeAsync(id, viewer.AccountId, cancellationToken);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A public name, not a secret: 50 random bits, in letters and digits that nobody confuses when typing them into a phone.</summary>
    internal static string NewUserName(string prefix) => prefix + RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10);

    private static async Task<DeviceListRow?> FindAsync(
        int id, ClaimsPrincipal user, AreaDirectory areas, DeviceList devices, CancellationToken cancellationToken)
    {
        var row = await devices.FindAsync(id, cancellationToken);
        return row is not null && user.ToViewer().ScopeIn(areas.Current).Contains(row.HomeAreaId) ? row : null;
    }
}

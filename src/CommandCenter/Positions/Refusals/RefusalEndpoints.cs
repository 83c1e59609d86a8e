using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Devices;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Refusals;

/// <summary><c>GET /api/devices/{id}/refusals</c>: why a device's reports do not show, for those who dispatch its worker.</summary>
public static class RefusalEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/devices/{id:int}/refusals", ListAsync)
        .WithTags("Devices")
        .RequireAuthorization(Permissions.Dispatch)
        .Produces<DeviceRefusals>()
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .WithSummary("What was refused of a device's reports, by reason, the newest first; counts are up to date within seconds.");

    private static async Task<IResult> ListAsync(
        int id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerDirectory workers,
        DeviceDirectory devices,
        RefusalStore store,
        CancellationToken cancellationToken)
    {
        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (devices.Find(id) is not { } device || workers.Current[device.WorkerId] is not { } worker || !scope.Contains(worker.HomeAreaId))
        {
            return Problems.OutOfScope("device");
        }

        var refusals = await store.ListAsync(id, cancellationToken);
        var lastContact = await store.LastContactAsync(id, cancellationToken);
        return TypedResults.Ok(new DeviceRefusals([.. refusals.Select(Info)], null, lastContact is { } at ? Utc(at) : null));
    }

    private static RefusalInfo Info(StoredRefusal refusal) =>
        new(((Refusal)refusal.Reason).Name(), refusal.Count, Utc(refusal.LastAt), refusal.Detail);

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);
}

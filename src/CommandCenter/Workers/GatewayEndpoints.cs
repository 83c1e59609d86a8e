using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Devices;
using CommandCenter.Http;

namespace CommandCenter.Workers;

/// <summary>Enrolling, listing and revoking of gateways. The password appears in the answer to enrolling and nowhere else.</summary>
public static class GatewayEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/gateways").WithTags("Devices").RequireAuthorization(Permissions.ManageGateways);
        group.MapGet("", ListAsync).Produces<Page<GatewayInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Systems that hand in positions of many devices, the revoked ones too.");
        group.MapPost("", EnrolGatewayAsync).Produces<EnrolledGateway>(201).ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Enrols a gateway for the devices of one area; the answer alone shows its password.");
        group.MapDelete("{id:int}", RevokeAsync).Produces(204).ProducesProblem(403)
            .WithSummary("Revokes: at once on this node, within a second on others.");
    }

    private static async Task<IResult> ListAsync(
        string? limit, string? cursor, ClaimsPrincipal user, AreaDirectory areas, GatewayList gateways, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var after = arguments.IdCursor(cursor);

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Root is not { } root)
        {
            return Problems.OutOfScope("area");
        }

        var found = await gateways.PageAsync(scope.IdsUnder(root), after, size + 1, cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => row.ToInfo(scope.Tree)));
    }

    private static async Task<IResult> EnrolGatewayAsync(
        NewGateway body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        DeviceStore store,
        DeviceLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var name = arguments.Required("name", body.Name, DeviceEndpoints.MaxLabelLength);
        var code = AreaRules.CheckCode(body.Area, arguments, "area");
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        if (viewer.ScopeIn(areas.Current).Resolve(code) is not { } area)
        {
            return Problems.OutOfScope("area");
        }

        var (userName, password) = (DeviceEndpoints.NewUserName("g"), DeviceSecrets.New());
        var id = await store.AddGatewayAsync(name, userName, DeviceSecrets.Hash(password), area.Area.Id, cancellationToken);
        await audit.WriteAsync(viewer, AuditActions.AddGateway, area.Area.Id, detail: $"{name}, {userName}", cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.Created($"/api/gateways/{id}", new EnrolledGateway(id, name, code, userName, password));
    }

    private static async Task<IResult> RevokeAsync(
        int id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        GatewayList gateways,
        DeviceStore store,
        DeviceLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await gateways.FindAsync(id, cancellationToken) is not { } row || !viewer.ScopeIn(areas.Current).Contains(row.AreaId))
        {
            return Problems.OutOfScope("gateway");
        }

        if (await store.RevokeGatewayAsync(id, cancellationToken))
        {
            await audit.WriteAsync(
                viewer, AuditActions.RevokeGateway, row.AreaId, detail: $"{row.Name}, {row.UserName}", cancellationToken: CancellationToken.None);
        }

        await loading.RefreshAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }
}

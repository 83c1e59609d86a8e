using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>The audit trail, for administrators, within their area.</summary>
public static class AuditEndpoints
{
    private const int MaxActionLength = 40;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/audit", ListAsync)
        .WithTags("Audit")
        .RequireAuthorization(Permissions.ReadAudit)
        .Produces<Page<AuditEntry>>()
        .ProducesProblem(400)
        .ProducesProblem(403)
        .WithSummary("Who watched whom, when and why; newest first. By area, worker (code), user, action, and moments from= (inclusive) and to= (exclusive).");

    private static async Task<IResult> ListAsync(
        string? area,
        string? worker,
        string? user,
        string? action,
        string? from,
        string? to,
        string? limit,
        string? cursor,
        ClaimsPrincipal principal,
        AreaDirectory areas,
        AuditTrail trail,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        var code = arguments.Optional("worker", worker, AreaRules.MaxCodeLength);
        var who = arguments.Optional("user", user, AccountRules.MaxUserLength);
        var act = arguments.Optional("action", action, MaxActionLength);
        var since = arguments.Moment("from", from);
        var until = arguments.Moment("to", to);
        if (since >= until)
        {
            arguments.Refuse("to", "later than 'from'");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = principal.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var found = await trail.PageAsync(new AuditQuery(scope.IdsUnder(node), before, size + 1, code, who, act, since, until), cancellationToken);
        return TypedResults.Ok(Pages.Of(
            found, size, row => row.Id, row => row.ToEntry(row.AreaId is { } id ? scope.Tree.Find(id)?.Area.Code : null)));
    }
}

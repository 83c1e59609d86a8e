using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>People's accounts, for administrators, within their area. What changes an account is in AccountChangeEndpoints.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/accounts").WithTags("Accounts").RequireAuthorization(Permissions.ManageAccounts);
        group.MapGet("", ListAsync).Produces<Page<AccountInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("People who may sign in, with when they last did; kiosks are at /api/kiosks.");
        group.MapPost("", AddAsync).Produces<AccountInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Adds an account; its name is free in any case of its letters.");
        AccountChangeEndpoints.Map(group);
    }

    private static async Task<IResult> ListAsync(
        string? limit, string? cursor, ClaimsPrincipal user, AreaDirectory areas, AccountStore store, CancellationToken cancellationToken)
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

        var found = await store.PageAsync(scope.IdsUnder(root), after, size + 1, cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => Info(row, scope)));
    }

    private static async Task<IResult> AddAsync(
        NewAccount body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AccountStore store,
        AccountLoading loading,
        PasswordHashing hashing,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var name = AccountRules.CheckUser(body.User, arguments);
        AccountRules.CheckPassword(body.Password, arguments);
        var areaCode = AreaRules.CheckCode(body.Area, arguments, "area");
        var role = AccountRules.CheckRole(body.Role, needed: true, arguments) ?? default;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (scope.Resolve(areaCode) is not { } area)
        {
            return Problems.OutOfScope("area");
        }

        if (await hashing.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return PasswordCheck.Busy();
        }

        if (await store.AddAsync(name, hash, role, area.Area.Id, cancellationToken) is not { } id)
        {
            return Problems.Conflict("user-taken", $"There is an account {name} already.");
        }

        await audit.WriteAsync(viewer, AuditActions.AddAccount, area.Area.Id, detail: $"{name}, {role.Name()}", cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.Created($"/api/accounts/{id}", new AccountInfo(id, name, role.Name(), areaCode, time.GetUtcNow(), null, null));
    }

    internal static AccountInfo Info(AccountRow row, AreaScope scope) => new(
        row.Id,
        row.UserName,
        ((AccountRole)row.Role).Name(),
        scope.Tree.Find(row.AreaId)?.Area.Code ?? "",
        new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        row.DisabledAt is { } disabled ? new DateTimeOffset(disabled, TimeSpan.Zero) : null,
        row.LastSignInAt is { } signedIn ? new DateTimeOffset(signedIn, TimeSpan.Zero) : null);
}

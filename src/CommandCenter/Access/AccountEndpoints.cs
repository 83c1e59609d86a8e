using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>Accounts and the audit trail, for administrators, within their area.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/accounts").WithTags("Accounts").RequireAuthorization(Permissions.ManageAccounts);
        group.MapGet("", ListAsync).Produces<Page<AccountInfo>>().ProducesProblem(400).ProducesProblem(403);
        group.MapPost("", AddAsync).Produces<AccountInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        group.MapPost("{id:int}/disable", DisableAsync).Produces(204).ProducesProblem(403).ProducesProblem(409);
        app.MapGet("/api/audit", AuditAsync).WithTags("Audit").RequireAuthorization(Permissions.ReadAudit)
            .Produces<Page<AuditEntry>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Who watched whom, when and why; newest first.");
    }

    private static async Task<IResult> ListAsync(
        string? limit, string? cursor, ClaimsPrincipal user, AreaDirectory areas, AccountStore store, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var after = arguments.NumberCursor(cursor) ?? 0;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        var found = (await store.LoadAsync(cancellationToken)).Where(row => row.Id > after && scope.Contains(row.AreaId)).Take(size + 1).ToList();
        var next = found.Count > size ? Arguments.CursorOf(found[size - 1].Id) : null;
        return TypedResults.Ok(new Page<AccountInfo>([.. found.Take(size).Select(row => Info(row, scope))], next));
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
        if (arguments.OneOf("role", body.Role, Permissions.Roles) is not { } role)
        {
            arguments.Refuse("role", "one of " + string.Join(", ", Permissions.Roles.Keys));
            role = default;
        }

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

    private static async Task<IResult> DisableAsync(
        int id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AccountDirectory accounts,
        AccountStore store,
        AccountLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (accounts.Find(id) is not { } account || !viewer.ScopeIn(areas.Current).Contains(account.AreaId))
        {
            return Problems.OutOfScope("account");
        }

        if (account.Id == viewer.AccountId)
        {
            return Problems.Conflict("own-account", "Nobody can disable their own account: the last administrator would lock everyone out.");
        }

        await audit.WriteAsync(viewer, AuditActions.DisableAccount, account.AreaId, detail: account.User, cancellationToken: cancellationToken);
        await store.DisableAsync(id, cancellationToken);
        await loading.RefreshAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AuditAsync(
        string? area, string? limit, string? cursor, ClaimsPrincipal user, AreaDirectory areas, AuditStore audit, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Resolve(area) is not { } node)
        {
            return Problems.OutOfScope("area");
        }

        var found = await audit.PageAsync(scope.IdsUnder(node), before, size + 1, cancellationToken);
        var next = found.Count > size ? Arguments.CursorOf(found[size - 1].Id) : null;
        return TypedResults.Ok(new Page<AuditEntry>(
            [.. found.Take(size).Select(row => row.ToEntry(row.AreaId is { } id ? scope.Tree.Find(id)?.Area.Code : null))], next));
    }

    private static AccountInfo Info(AccountRow row, AreaScope scope) => new(
        row.Id,
        row.UserName,
        ((AccountRole)row.Role).Name(),
        scope.Tree.Find(row.AreaId)?.Area.Code ?? "",
        new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        row.DisabledAt is { } disabled ? new DateTimeOffset(disabled, TimeSpan.Zero) : null,
        null);
}

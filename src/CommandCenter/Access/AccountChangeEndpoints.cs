using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>What an administrator changes of other people's accounts. Each change ends the account's sessions, walls included.</summary>
public static class AccountChangeEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPut("{id:int}", ChangeAsync).Produces<AccountInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Gives another role or area, both in the administrator's own; what is missing stays.");
        group.MapPost("{id:int}/disable", DisableAsync).Produces(204).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Nobody can sign in as the account until it is enabled again.");
        group.MapPost("{id:int}/enable", EnableAsync).Produces(204).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Takes disabling back; the password stays as it was.");
        group.MapPost("{id:int}/password", ResetPasswordAsync)
            .Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(503)
            .WithSummary("Sets a new password for somebody else; one's own: POST /api/session/password.");
    }

    private static async Task<IResult> ChangeAsync(
        int id,
        AccountChange body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AccountDirectory accounts,
        AccountStore store,
        AccountLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var areaCode = string.IsNullOrWhiteSpace(body.Area) ? null : AreaRules.CheckCode(body.Area, arguments, "area");
        var role = AccountRules.CheckRole(body.Role, needed: false, arguments);
        if (role is null && areaCode is null)
        {
            arguments.Refuse("role or area", "given");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        if (RefuseTarget(accounts.Find(id), viewer, scope) is { } refusal)
        {
            return refusal;
        }

        var account = accounts.Find(id)!;
        var area = areaCode is null ? scope.Tree.Find(account.AreaId) : scope.Resolve(areaCode);
        if (area is null)
        {
            return Problems.OutOfScope("area");
        }

        var detail = $"{account.User}, {account.Role.Name()} to {(role ?? account.Role).Name()}, {scope.Tree.Find(account.AreaId)?.Area.Code} to {area.Area.Code}";
        var changed = await store.SetRightsAsync(id, role ?? account.Role, area.Area.Id, account.Stamp, cancellationToken);
        if (await SettleAsync(changed, AuditActions.ChangeAccount, account, detail, viewer, audit, loading) is { } last)
        {
            return last;
        }

        var row = (await store.PageAsync([area.Area.Id], id - 1, 1, cancellationToken)).SingleOrDefault(row => row.Id == id);
        return row is null ? Problems.OutOfScope("account") : TypedResults.Ok(AccountEndpoints.Info(row, scope));
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
        var account = accounts.Find(id);
        if (RefuseTarget(account, viewer, viewer.ScopeIn(areas.Current)) is { } refusal)
        {
            return refusal;
        }

        var changed = await store.DisableAsync(id, account!.Stamp, cancellationToken);
        return await SettleAsync(changed, AuditActions.DisableAccount, account, account.User, viewer, audit, loading) ?? TypedResults.NoContent();
    }

    private static async Task<IResult> EnableAsync(
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
        var account = accounts.Find(id);
        if (RefuseTarget(account, viewer, viewer.ScopeIn(areas.Current)) is { } refusal)
        {
            return refusal;
        }

        var changed = await store.EnableAsync(id, account!.Stamp, cancellationToken);
        return await SettleAsync(changed, AuditActions.EnableAccount, account, account.User, viewer, audit, loading) ?? TypedResults.NoContent();
    }

    private static async Task<IResult> ResetPasswordAsync(
        int id,
        NewPassword body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        AccountDirectory accounts,
        AccountStore store,
        AccountLoading loading,
        PasswordHashing hashing,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        AccountRules.CheckPassword(body.Password, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = user.ToViewer();
        var account = accounts.Find(id);
        if (RefuseTarget(account, viewer, viewer.ScopeIn(areas.Current)) is { } refusal)
        {
            return refusal;
        }

        if (await hashing.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return PasswordCheck.Busy();
        }

        var changed = await store.SetPasswordAsync(id, hash, account!.Stamp, cancellationToken);
        if (changed == AccountChanged.Nothing)
        {
            return Problems.Conflict("disabled", "The account is disabled: enable it first.");
        }

        return await SettleAsync(changed, AuditActions.ResetPassword, account, account.User, viewer, audit, loading) ?? TypedResults.NoContent();
    }

    private static IResult? RefuseTarget(Account? account, Viewer viewer, AreaScope scope) =>
        account is null || !scope.Contains(account.AreaId) ? Problems.OutOfScope("account")
        : account.Kiosk ? Problems.Conflict("kiosk", "This is the account of a paired display: change it at /api/kiosks.")
        : account.Id == viewer.AccountId ? Problems.Conflict("own-account", "Nobody changes their own account here: whoever locks themselves out cannot let themselves in.")
        : null;

    /// <summary>What follows a change: the trail and this node's directory, whatever became of the caller meanwhile. Null when all is well.</summary>
    private static async Task<IResult?> SettleAsync(
        AccountChanged changed, string action, Account account, string detail, Viewer viewer, AuditStore audit, AccountLoading loading)
    {
        switch (changed)
        {
            case AccountChanged.LastAdministrator:
                return Problems.Conflict("last-administrator", "Nobody would be left to administer the whole area.");
            case AccountChanged.Overtaken:
                await loading.RefreshAsync(CancellationToken.None);
                return Problems.Conflict("changed-meanwhile", "Somebody else changed this account a moment ago: look at it again.");
            case AccountChanged.Yes:
                await audit.WriteAsync(viewer, action, account.AreaId, detail: detail, cancellationToken: CancellationToken.None);
                break;
        }

        await loading.RefreshAsync(CancellationToken.None);
        return null;
    }
}

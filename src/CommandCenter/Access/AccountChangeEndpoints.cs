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

    private static async Task<IResult> ChangeAsync(AccountChange body, [AsParameters] AccountTarget target, CancellationToken cancellationToken)
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

        var (account, refusal) = target.Find();
        if (refusal is not null)
        {
            return refusal;
        }

        var scope = target.Scope;
        var area = areaCode is null ? scope.Tree.Find(account.AreaId) : scope.Resolve(areaCode);
        if (area is null)
        {
            return Problems.OutOfScope("area");
        }

        var detail = $"{account.User}, {account.Role.Name()} to {(role ?? account.Role).Name()}, {scope.Tree.Find(account.AreaId)?.Area.Code} to {area.Area.Code}";
        var changed = await target.Store.SetRightsAsync(account.Id, role ?? account.Role, area.Area.Id, account.Stamp, cancellationToken);
        if (await target.SettleAsync(changed, AuditActions.ChangeAccount, account, detail) is { } last)
        {
            return last;
        }

        var row = (await target.Store.PageAsync([area.Area.Id], account.Id - 1, 1, cancellationToken)).SingleOrDefault(row => row.Id == account.Id);
        return row is null ? Problems.OutOfScope("account") : TypedResults.Ok(AccountEndpoints.Info(row, scope));
    }

    private static Task<IResult> DisableAsync([AsParameters] AccountTarget target, CancellationToken cancellationToken) =>
        SwitchAsync(target, AuditActions.DisableAccount, account => target.Store.DisableAsync(account.Id, account.Stamp, cancellationToken));

    private static Task<IResult> EnableAsync([AsParameters] AccountTarget target, CancellationToken cancellationToken) =>
        SwitchAsync(target, AuditActions.EnableAccount, account => target.Store.EnableAsync(account.Id, account.Stamp, cancellationToken));

    private static async Task<IResult> SwitchAsync(AccountTarget target, string action, Func<Account, Task<AccountChanged>> change)
    {
        var (account, refusal) = target.Find();
        return refusal ?? await target.SettleAsync(await change(account), action, account, account.User) ?? TypedResults.NoContent();
    }

    private static async Task<IResult> ResetPasswordAsync(
        NewPassword body, [AsParameters] AccountTarget target, PasswordHashing hashing, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        AccountRules.CheckPassword(body.Password, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var (account, refusal) = target.Find();
        if (refusal is not null)
        {
            return refusal;
        }

        if (await hashing.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return PasswordCheck.Busy();
        }

        var changed = await target.Store.SetPasswordAsync(account.Id, hash, account.Stamp, cancellationToken);
        return changed == AccountChanged.Nothing
            ? Problems.Conflict("disabled", "The account is disabled: enable it first.")
            : await target.SettleAsync(changed, AuditActions.ResetPassword, account, account.User) ?? TypedResults.NoContent();
    }
}

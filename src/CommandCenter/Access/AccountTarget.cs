using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>Somebody else's account that an administrator wants to change, and what goes with any change of one.</summary>
internal sealed record AccountTarget(
    int Id, ClaimsPrincipal User, AreaDirectory Areas, AccountDirectory Accounts, AccountStore Store, AccountLoading Loading, AuditStore Audit)
{
    public Viewer Viewer { get; } = User.ToViewer();

    public AreaScope Scope => Viewer.ScopeIn(Areas.Current);

    /// <summary>The account as this node knows it, and why the viewer may not change it; one of the two.</summary>
    public (Account Account, IResult? Refusal) Find()
    {
        var account = Accounts.Find(Id);
        var refusal = account is null || !Scope.Contains(account.AreaId) ? Problems.OutOfScope("account")
            : account.Kiosk ? Problems.Conflict("kiosk", "This is the account of a paired display: change it at /api/kiosks.")
            : account.Id == Viewer.AccountId ? Problems.Conflict("own-account", "Nobody changes their own account here: whoever locks themselves out cannot let themselves in.")
            : null;
        return (account!, refusal);
    }

    /// <summary>What follows a change: the trail and this node's directory, whatever became of the caller meanwhile. Null when all is well.</summary>
    public async Task<IResult?> SettleAsync(AccountChanged changed, string action, Account account, string detail)
    {
        switch (changed)
        {
            case AccountChanged.LastAdministrator:
                return Problems.Conflict("last-administrator", "Nobody would be left to administer the whole area.");
            case AccountChanged.Overtaken:
                await Loading.RefreshAsync(CancellationToken.None);
                return Problems.Conflict("changed-meanwhile", "Somebody else changed this account a moment ago: look at it again.");
            case AccountChanged.Yes:
                await Audit.WriteAsync(Viewer, action, account.AreaId, detail: detail, cancellationToken: CancellationToken.None);
                break;
        }

        await Loading.RefreshAsync(CancellationToken.None);
        return null;
    }
}

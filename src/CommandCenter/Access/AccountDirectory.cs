using System.Security.Claims;
using CommandCenter.Access.Kiosks;

namespace CommandCenter.Access;

/// <summary>All accounts in memory, so that each request and each tick of a connection can ask whether its session still holds.</summary>
public sealed class AccountDirectory(KioskPresence kiosks)
{
    private volatile IReadOnlyDictionary<int, Account> _current = new Dictionary<int, Account>();

    public Account? Find(int id) => _current.GetValueOrDefault(id);

    public void Replace(IEnumerable<Account> accounts) => _current = accounts.ToDictionary(account => account.Id);

    /// <summary>
    /// False once the account was disabled or its password, role or area changed since the session began; at once on the node where that
    /// happened, within a second on others. For requests the middleware asks; long connections ask while they live. So this is also where a
    /// kiosk shows that it is alive.
    /// </summary>
    public bool IsCurrent(ClaimsPrincipal user)
    {
        if (user.TryToViewer() is not { } viewer
            || Find(viewer.AccountId) is not { Disabled: false } account
            || account.AreaId != viewer.AreaId
            || !string.Equals(account.Stamp, user.FindFirst(ViewerClaims.Stamp)?.Value, StringComparison.Ordinal))
        {
            return false;
        }

        if (account.Kiosk)
        {
            kiosks.Note(account.Id);
        }

        return true;
    }
}

using Microsoft.AspNetCore.Authentication.Cookies;

namespace CommandCenter.Access.Kiosks;

/// <summary>How a paired display's session differs from a person's: it lasts, and goes along when its area or name changes.</summary>
internal static class KioskSession
{
    /// <summary>The longest that browsers keep a cookie; past half of it any request renews it.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(400);

    /// <summary>Brings the cookie's claims up to date. Whether the session still holds at all is AccessMiddleware's question.</summary>
    public static Task RefreshAsync(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<AccountDirectory>();
        if (context.Principal?.TryToViewer() is { } viewer
            && accounts.Find(viewer.AccountId) is { Kiosk: true } account
            && (account.AreaId != viewer.AreaId || account.User != viewer.User)
            && string.Equals(account.Stamp, context.Principal.FindFirst(ViewerClaims.Stamp)?.Value, StringComparison.Ordinal))
        {
            var session = context.Principal.FindFirst(ViewerClaims.Session)?.Value ?? "";
            context.ReplacePrincipal(account.ToPrincipal(session, CookieAuthenticationDefaults.AuthenticationScheme));
            context.ShouldRenew = true;
        }

        return Task.CompletedTask;
    }
}

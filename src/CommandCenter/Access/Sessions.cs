using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using CommandCenter.Access.Kiosks;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CommandCenter.Access;

/// <summary>
/// Makes a session, twice over: a cookie for browsers and a bearer token for everything else. Both are sealed with the Data Protection keys
/// that all nodes share, so no node remembers sessions.
/// </summary>
public sealed class Sessions(
    IDataProtectionProvider protection,
    IOptionsMonitor<BearerTokenOptions> bearer,
    IOptions<AccessOptions> options,
    AreaDirectory areas,
    AccountDirectory accounts,
    IOptions<CenterOptions> center,
    IConfiguration configuration,
    TimeProvider time)
{
    private readonly bool _demo = configuration.GetValue("Demo:Enabled", false);
    private readonly IDataProtector _csrf = protection.CreateProtector("CommandCenter.Access.Csrf");

    /// <summary>Sets the cookie on the answer and returns what its body says. A kiosk gets a cookie that lasts, and no token.</summary>
    public async Task<SessionInfo> BeginAsync(HttpContext context, Account account)
    {
        var session = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var now = time.GetUtcNow();
        var cookieExpires = account.Kiosk ? now + KioskSession.GoodFor : now.AddHours(options.Value.CookieHours);
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            account.ToPrincipal(session, CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { IsPersistent = true, IssuedUtc = now, ExpiresUtc = cookieExpires });
        var viewer = new Viewer(account.Id, account.User, account.Role, account.AreaId);
        if (account.Kiosk)
        {
            return Info(viewer, null, session, cookieExpires);
        }

        var expires = now.AddHours(options.Value.TokenHours);
        var ticket = new AuthenticationTicket(
            account.ToPrincipal(session, BearerTokenDefaults.AuthenticationScheme),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = expires },
            $"{BearerTokenDefaults.AuthenticationScheme}:AccessToken");
        var token = bearer.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Protect(ticket);
        return Info(viewer, token, session, expires);
    }

    public SessionInfo Describe(ClaimsPrincipal user, DateTimeOffset expires) =>
        Info(user.ToViewer(), null, user.FindFirst(ViewerClaims.Session)?.Value ?? "", expires);

    /// <summary>Whether the value of <c>X-CSRF-Token</c> was made for this very session.</summary>
    public bool IsCsrfValid(ClaimsPrincipal user, string? value)
    {
        if (string.IsNullOrEmpty(value) || value.Length > 1_000 || user.FindFirst(ViewerClaims.Session)?.Value is not { Length: > 0 } session)
        {
            return false;
        }

        try
        {
            return string.Equals(_csrf.Unprotect(value), session, StringComparison.Ordinal);
        }
        catch (CryptographicException)
        {
            // Any text can stand in a header; the caller refuses and counts it.
            return false;
        }
    }

    private SessionInfo Info(Viewer viewer, string? token, string session, DateTimeOffset expires)
    {
        var area = areas.Current.Find(viewer.AreaId)?.Area;
        return new SessionInfo(
            viewer.User,
            viewer.Role.Name(),
            area?.Code ?? "",
            area?.Name ?? "",
            token,
            _csrf.Protect(session),
            expires,
            _demo,
            accounts.Find(viewer.AccountId) is { Kiosk: true } kiosk ? kiosk.Id : null,
            center.Value.TimeZone);
    }
}

using System.Diagnostics.Metrics;
using System.Security.Claims;
using CommandCenter.Access.Kiosks;
using CommandCenter.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CommandCenter.Access;

/// <summary>
/// Between authentication and authorization: ends sessions whose account changed, refuses writes by cookie without the anti-forgery
/// value, and hub handshakes from other people's pages.
/// </summary>
public sealed class AccessMiddleware(RequestDelegate next, AccountDirectory accounts, Sessions sessions, Origins origins)
{
    public const string CsrfHeader = "X-CSRF-Token";

    private static readonly Counter<long> Refused =
        new Meter("CommandCenter.Access").CreateCounter<long>("commandcenter.access.refused", description: "Requests refused before authorization, by reason");

    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/hubs") && !origins.IsOwn(request))
        {
            return RefuseAsync(context, "foreign-origin", "This page comes from another site than the server.");
        }

        if (context.User.Identity is { IsAuthenticated: true } identity)
        {
            if (!accounts.IsCurrent(context.User))
            {
                // Anonymous from here on: authorization answers 401 where somebody is needed.
                Refused.Add(1, new KeyValuePair<string, object?>("reason", "session-ended"));
                context.User = Nobody;
                if (context.Features.Get<IAuthenticateResultFeature>() is { } feature)
                {
                    feature.AuthenticateResult = AuthenticateResult.NoResult();
                }
            }
            else if (identity.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme
                && IsUnsafe(request.Method)
                && request.Path.StartsWithSegments("/api")
                && !IsSignIn(request)
                && !sessions.IsCsrfValid(context.User, request.Headers[CsrfHeader]))
            {
                return RefuseAsync(context, "csrf", $"A write signed in by cookie needs the header {CsrfHeader} with 'csrf' of GET /api/session.");
            }
        }

        return next(context);
    }

    private static bool IsUnsafe(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);

    // Signing in replaces the session and so cannot ask for its value; these endpoints look at the origin instead.
    private static bool IsSignIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && (request.Path.Equals("/api/session", StringComparison.OrdinalIgnoreCase)
            || request.Path.Equals("/api/session/", StringComparison.OrdinalIgnoreCase)
            || request.Path.Equals("/api/setup", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments(KioskPairingEndpoints.Path, StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext context, string reason, string detail)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        return Problems.Forbidden(reason, detail).ExecuteAsync(context);
    }
}

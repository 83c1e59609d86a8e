using CommandCenter.Contracts.Access;
using CommandCenter.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CommandCenter.Access;

/// <summary>Signing in and out.</summary>
public static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/session").WithTags("Session");
        group.MapPost("", SignInAsync).AllowAnonymous()
            .Produces<SessionInfo>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503)
            .WithSummary("Signs in: a cookie, a bearer token and the anti-forgery value for writes by cookie.");
        group.MapGet("", DescribeAsync).RequireAuthorization().Produces<SessionInfo>();
        group.MapDelete("", SignOutAsync).RequireAuthorization().Produces(204);
        group.MapPost("password", ChangePasswordAsync).RequireAuthorization()
            .Produces<SessionInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(429)
            .WithSummary("Changes one's own password, which ends all one's sessions but the one answered here.");
    }

    private static async Task<IResult> SignInAsync(
        SessionRequest body,
        HttpContext context,
        Origins origins,
        PasswordCheck check,
        Sessions sessions,
        AccountLoading accounts,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        if (!origins.IsOwn(context.Request))
        {
            return Problems.Forbidden("foreign-origin", "This page comes from another site than the server.");
        }

        var (account, refusal) = await check.CheckAsync(body.User, body.Password, context.Connection.RemoteIpAddress, cancellationToken);
        if (account is null)
        {
            return refusal!;
        }

        if (accounts.IsMissing(account))
        {
            // Made or changed on another node a moment ago: without this the session's first request could be refused.
            await accounts.RefreshAsync(cancellationToken);
        }

        var viewer = new Viewer(account.Id, account.User, account.Role, account.AreaId);
        await audit.WriteAsync(viewer, AuditActions.SignIn, account.AreaId, cancellationToken: cancellationToken);
        return TypedResults.Ok(await sessions.BeginAsync(context, account));
    }

    private static async Task<IResult> DescribeAsync(HttpContext context, Sessions sessions, TimeProvider time)
    {
        var expires = (await context.AuthenticateAsync()).Properties?.ExpiresUtc ?? time.GetUtcNow();
        return TypedResults.Ok(sessions.Describe(context.User, expires));
    }

    // A bearer token needs no signing out: whoever holds it throws it away, and it ends by itself.
    private static async Task<IResult> SignOutAsync(HttpContext context, AuditStore audit, CancellationToken cancellationToken)
    {
        var viewer = context.User.ToViewer();
        await audit.WriteAsync(viewer, AuditActions.SignOut, viewer.AreaId, cancellationToken: cancellationToken);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        PasswordChange body,
        HttpContext context,
        PasswordCheck check,
        PasswordHashing hashing,
        AccountStore store,
        AccountLoading loading,
        AccountDirectory accounts,
        Sessions sessions,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        AccountRules.CheckPassword(body.Password, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var viewer = context.User.ToViewer();
        var (account, refusal) = await check.CheckAsync(viewer.User, body.Current, context.Connection.RemoteIpAddress, cancellationToken);
        if (account is null)
        {
            return refusal!;
        }

        if (await hashing.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return PasswordCheck.Busy();
        }

        await audit.WriteAsync(viewer, AuditActions.ChangePassword, viewer.AreaId, cancellationToken: cancellationToken);
        var outcome = await store.SetPasswordAsync(account.Id, hash, account.Stamp, cancellationToken);
        await loading.RefreshAsync(cancellationToken);
        return outcome == AccountChanged.Yes && accounts.Find(account.Id) is { Disabled: false } changed
            ? TypedResults.Ok(await sessions.BeginAsync(context, changed))
            : Problems.Unauthorized("wrong-credentials", "The account was changed or disabled meanwhile.");
    }
}

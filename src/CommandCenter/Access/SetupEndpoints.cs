using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access;

/// <summary>The first administrator, by the link that the server printed.</summary>
public static class SetupEndpoints
{
    private const int MaxTokenLength = 100;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/setup", SetUpAsync).AllowAnonymous().WithTags("Session")
            .Produces<SessionInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(503);

    private static async Task<IResult> SetUpAsync(
        SetupRequest body,
        HttpContext context,
        Origins origins,
        SignInDelay delay,
        PasswordHashing hashing,
        SetupStore store,
        AreaLoading areas,
        AccountLoading loading,
        AccountStore accounts,
        AuditStore audit,
        Sessions sessions,
        CancellationToken cancellationToken)
    {
        if (!origins.IsOwn(context.Request))
        {
            return Problems.Forbidden("foreign-origin", "This page comes from another site than the server.");
        }

        var arguments = new Arguments();
        var token = arguments.Required("token", body.Token, MaxTokenLength);
        var user = AccountRules.CheckUser(body.User, arguments);
        AccountRules.CheckPassword(body.Password, arguments);
        var areaCode = AreaRules.CheckCode(body.AreaCode, arguments, "areaCode");
        var areaName = arguments.Required("areaName", body.AreaName, AreaRules.MaxNameLength);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var address = context.Connection.RemoteIpAddress;
        if (delay.Begin("", address) is { } wait)
        {
            return Problems.TryLater(StatusCodes.Status429TooManyRequests, "too-many-failures", "Too many failed attempts: wait a little.", wait);
        }

        if (await hashing.HashAsync(body.Password!, cancellationToken) is not { } hash)
        {
            return PasswordCheck.Busy();
        }

        if (!await store.CompleteAsync(token, user, hash, areaCode, areaName, cancellationToken))
        {
            return Problems.Forbidden("setup-link", "This set-up link is wrong, used or too old. Start the server again for a new one.");
        }

        delay.Succeeded("", address);
        await areas.RefreshAsync(cancellationToken);
        await loading.RefreshAsync(cancellationToken);
        var account = (await accounts.FindAsync(user, cancellationToken))!.ToAccount();
        await audit.WriteAsync(
            new Viewer(account.Id, account.User, account.Role, account.AreaId), AuditActions.SetUp, account.AreaId, cancellationToken: cancellationToken);
        return TypedResults.Ok(await sessions.BeginAsync(context, account));
    }
}

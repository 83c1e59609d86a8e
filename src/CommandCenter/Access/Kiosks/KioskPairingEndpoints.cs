using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access.Kiosks;

/// <summary>
/// The display's side of pairing. It asks for a code and shows it; once an administrator entered that code at <c>POST /api/kiosks</c>, it
/// exchanges its secret for a session. Neither code nor secret nor token is ever part of a URL.
/// </summary>
public static class KioskPairingEndpoints
{
    public const string Path = "/api/kiosks/pairings";

    private const int MaxSecretLength = 100;
    private static readonly TimeSpan FullFor = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("Kiosks").AllowAnonymous();
        group.MapPost("", OpenAsync).Produces<KioskPairing>(201).ProducesProblem(403).ProducesProblem(429)
            .WithSummary("A code to show, good for ten minutes, and the secret that turns into a session once the code was entered.");
        group.MapPost("{id:guid}/session", BeginSessionAsync)
            .Produces<SessionInfo>().Produces(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(410).ProducesProblem(429)
            .WithSummary("The paired display's session, a cookie that lasts; 202 while nobody entered the code, 410 when it is too late.");
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context, Origins origins, KioskDoor door, KioskPairings pairings, CancellationToken cancellationToken)
    {
        if (!origins.IsOwn(context.Request))
        {
            return Problems.Forbidden("foreign-origin", "This page comes from another site than the server.");
        }

        var address = context.Connection.RemoteIpAddress;
        if (door.RefuseCode(address) is { } refusal)
        {
            return refusal;
        }

        var (id, code, secret) = (Guid.NewGuid(), KioskRules.NewCode(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        var network = StrangerRates.KeyOf(address).ToString("x", CultureInfo.InvariantCulture);
        return await pairings.OpenAsync(id, code, Hash(secret), network, cancellationToken) is { } expires
            ? TypedResults.Created((string?)null, new KioskPairing(id.ToString(), code, secret, expires))
            : Problems.TryLater(StatusCodes.Status429TooManyRequests, "too-many-pairings", "Too many displays wait to be paired already.", FullFor);
    }

    private static async Task<IResult> BeginSessionAsync(
        Guid id,
        KioskSessionRequest body,
        HttpContext context,
        Origins origins,
        KioskDoor door,
        KioskPairings pairings,
        AccountDirectory accounts,
        AccountLoading loading,
        Sessions sessions,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        if (!origins.IsOwn(context.Request))
        {
            return Problems.Forbidden("foreign-origin", "This page comes from another site than the server.");
        }

        if (door.RefuseLook(context.Connection.RemoteIpAddress) is { } refusal)
        {
            return refusal;
        }

        var arguments = new Arguments();
        var secret = arguments.Required("secret", body.Secret, MaxSecretLength);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var (state, accountId) = await pairings.FindAsync(id, Hash(secret), cancellationToken);
        if (state == PairingState.Waiting)
        {
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        if (accountId is { } paired && accounts.Find(paired) is null)
        {
            // Paired on another node a moment ago.
            await loading.RefreshAsync(cancellationToken);
        }

        if (accountId is not { } found || accounts.Find(found) is not { Disabled: false } account)
        {
            return Problems.Gone("pairing-over", "This code is too old: ask for a new one.");
        }

        var viewer = new Viewer(account.Id, account.User, account.Role, account.AreaId);
        await audit.WriteAsync(viewer, AuditActions.SignIn, account.AreaId, cancellationToken: cancellationToken);
        return TypedResults.Ok(await sessions.BeginAsync(context, account));
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

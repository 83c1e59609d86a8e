using System.Globalization;
using System.Security.Claims;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Access;
using CommandCenter.Http;

namespace CommandCenter.Access.Kiosks;

/// <summary>Paired displays, for administrators, within their area; and a display's own settings, for itself.</summary>
public static class KioskEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/kiosks/self", SelfAsync).WithTags("Kiosks").RequireAuthorization(Permissions.Watch)
            .Produces<KioskInfo>().ProducesProblem(403).WithSummary("What the asking display is to show.");
        var group = app.MapGroup("/api/kiosks").WithTags("Kiosks").RequireAuthorization(Permissions.ManageKiosks);
        group.MapGet("", ListAsync).Produces<Page<KioskInfo>>().ProducesProblem(400).ProducesProblem(403)
            .WithSummary("Paired displays, the revoked ones too, with when each was last alive.");
        group.MapPost("", PairAsync)
            .Produces<KioskInfo>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429)
            .WithSummary("Pairs the display that shows the code.");
        group.MapPut("{id:int}", ChangeAsync).Produces<KioskInfo>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409)
            .WithSummary("Changes what it shows; it stays paired and takes the change on when it asks next.");
        group.MapDelete("{id:int}", RevokeAsync).Produces(204).ProducesProblem(403)
            .WithSummary("Revokes it for good: its session and its walls end within seconds.");
    }

    private static async Task<IResult> SelfAsync(
        ClaimsPrincipal user, AreaDirectory areas, KioskStore store, KioskPresence presence, CancellationToken cancellationToken) =>
        await store.FindAsync(user.ToViewer().AccountId, cancellationToken) is { RevokedAt: null } row
            ? TypedResults.Ok(row.ToInfo(areas.Current, presence.LastSeen(row.Id)))
            : Problems.Forbidden("no-kiosk", "This session is not a paired display's.");

    private static async Task<IResult> ListAsync(
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        KioskStore store,
        KioskPresence presence,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var size = arguments.Limit(limit);
        var after = arguments.IdCursor(cursor);

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        if (scope.Root is not { } root)
        {
            return Problems.OutOfScope("area");
        }

        var found = await store.PageAsync(scope.IdsUnder(root), after, size + 1, cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => row.ToInfo(scope.Tree, presence.LastSeen(row.Id))));
    }

    private static async Task<IResult> PairAsync(
        NewKiosk body,
        HttpContext context,
        AreaDirectory areas,
        SignInDelay delay,
        KioskStore store,
        AccountLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = context.User.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var arguments = new Arguments();
        var code = KioskRules.CheckCode(body.Code, arguments);
        var draft = KioskRules.Check(new KioskChange(body.Name, body.Area, body.Views, body.Language, body.Style, body.ReloadAt), scope, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (draft is null)
        {
            return Problems.OutOfScope("area");
        }

        // Whoever has a session could otherwise try codes until a stranger's display, or a colleague's, is theirs.
        var (guesser, address) = ("kiosk-code " + viewer.AccountId.ToString(CultureInfo.InvariantCulture), context.Connection.RemoteIpAddress);
        if (delay.Begin(guesser, address) is { } wait)
        {
            return Problems.TryLater(StatusCodes.Status429TooManyRequests, "too-many-failures", "Too many wrong codes: wait a little.", wait);
        }

        var (outcome, id) = await store.PairAsync(code, draft, cancellationToken);
        if (outcome == KioskOutcome.WrongCode)
        {
            return Problems.NotFound("wrong-code", "No display shows this code, or it is too old: look at the display again.");
        }

        delay.Succeeded(guesser, address);
        if (outcome == KioskOutcome.NameTaken)
        {
            return NameTaken(draft);
        }

        await audit.WriteAsync(viewer, AuditActions.PairKiosk, draft.AreaId, detail: draft.Name, cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(CancellationToken.None);
        var row = await store.FindAsync(id, cancellationToken);
        return TypedResults.Created($"/api/kiosks/{id}", row!.ToInfo(scope.Tree, null));
    }

    private static async Task<IResult> ChangeAsync(
        int id,
        KioskChange body,
        ClaimsPrincipal user,
        AreaDirectory areas,
        KioskStore store,
        KioskPresence presence,
        AccountLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var arguments = new Arguments();
        var draft = KioskRules.Check(body, scope, arguments);
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (draft is null)
        {
            return Problems.OutOfScope("area");
        }

        if (await store.FindAsync(id, cancellationToken) is not { } was || !scope.Contains(was.AreaId))
        {
            return Problems.OutOfScope("kiosk");
        }

        switch (await store.ChangeAsync(id, draft, cancellationToken))
        {
            case KioskOutcome.NameTaken:
                return NameTaken(draft);
            case KioskOutcome.Gone:
                return Problems.Conflict("revoked", "This display was revoked: pair it again.");
        }

        await audit.WriteAsync(viewer, AuditActions.ChangeKiosk, draft.AreaId, detail: draft.Name, cancellationToken: CancellationToken.None);
        await loading.RefreshAsync(CancellationToken.None);
        var row = await store.FindAsync(id, cancellationToken);
        return TypedResults.Ok(row!.ToInfo(scope.Tree, presence.LastSeen(id)));
    }

    private static async Task<IResult> RevokeAsync(
        int id,
        ClaimsPrincipal user,
        AreaDirectory areas,
        KioskStore store,
        AccountLoading loading,
        AuditStore audit,
        CancellationToken cancellationToken)
    {
        var viewer = user.ToViewer();
        if (await store.FindAsync(id, cancellationToken) is not { } row || !viewer.ScopeIn(areas.Current).Contains(row.AreaId))
        {
            return Problems.OutOfScope("kiosk");
        }

        if (await store.RevokeAsync(id, cancellationToken))
        {
            await audit.WriteAsync(viewer, AuditActions.RevokeKiosk, row.AreaId, detail: row.Name, cancellationToken: CancellationToken.None);
        }

        await loading.RefreshAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static IResult NameTaken(KioskDraft draft) => Problems.Conflict("name-taken", $"There is a display {draft.Name} already.");
}

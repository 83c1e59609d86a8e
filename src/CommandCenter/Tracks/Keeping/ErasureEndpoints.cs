using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>
/// Deletion of one person's tracks on request: first a plan of what would go, then, with the plan's word, the deletion and its receipt.
/// </summary>
internal static class ErasureEndpoints
{
    private static readonly TimeSpan PlanHolds = TimeSpan.FromMinutes(15);

    /// <summary>Long enough for a usual person's; after it the receipt is answered as far as it has come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/workers/{code}/erasure", EraseAsync).WithTags("Tracks").RequireAuthorization(Permissions.Administer)
            .Produces<TrackErasurePlan>().Produces<TrackErasureReceipt>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Without plan= in the body: what would be deleted, and the word to do it with. With it: deletes and answers the receipt, without finishedAt when it goes on; 409 while a case holds tracks.");
        app.MapGet("/api/erasures", ListAsync).WithTags("Tracks").RequireAuthorization(Permissions.Administer)
            .Produces<Page<TrackErasureReceipt>>().ProducesProblem(400)
            .WithSummary("Receipts of erasures in the viewer's area, newest first; worker=: of one.");
        app.MapGet("/api/erasures/{id:long}", GetAsync).WithTags("Tracks").RequireAuthorization(Permissions.Administer)
            .Produces<TrackErasureReceipt>().ProducesProblem(403)
            .WithSummary("One receipt.");
    }

    private static async Task<IResult> EraseAsync(
        string code,
        TrackErasureRequest body,
        HttpContext context,
        AreaDirectory areas,
        WorkerRegister workers,
        ErasureStore store,
        TrackEraser eraser,
        NpgsqlDataSource dataSource,
        IDataProtectionProvider protection,
        IOptions<TrackKeepingOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (KeepingReason.From(context.Request, body.Reason, body.Case, out var without) is not { } reason)
        {
            return without!;
        }

        var viewer = context.User.ToViewer();
        if (await workers.FindInAsync(viewer.ScopeIn(areas.Current), code, cancellationToken) is not { } worker)
        {
            return Problems.OutOfScope("worker");
        }

        var protector = protection.CreateProtector("CommandCenter.Erasure").ToTimeLimitedDataProtector();
        var word = string.Create(CultureInfo.InvariantCulture, $"{viewer.AccountId}/{worker.Id}");
        var now = time.GetUtcNow();
        if (string.IsNullOrEmpty(body.Plan))
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            var held = await HoldStore.CasesAsync(connection, null, worker.Id, now, cancellationToken);
            var plan = held.Count == 0 ? protector.Protect(word, now + PlanHolds) : null;
            return TypedResults.Ok(new TrackErasurePlan(worker.Code, await eraser.CountAsync(worker.Id, cancellationToken), held, plan, ErasureReceipts.Stays));
        }

        if (!IsPlan(protector, body.Plan, word))
        {
            return Problems.BadArgument("plan", "the word of a plan of yours for this worker, at most a quarter of an hour old");
        }

        var (id, heldFor) = await store.OrderAsync(viewer, worker, reason, now, TimeSpan.FromHours(options.Value.ErasureSettlesHours), cancellationToken);
        if (id == 0)
        {
            return Held(heldFor);
        }

        // Ordered: whatever becomes of this request, the keeper finishes it. The receipt's address says how far it is.
        await eraser.BeginAsync(id, Patience);
        return TypedResults.Created($"/api/erasures/{id}", await ReceiptAsync(store, (await store.FindAsync(id, CancellationToken.None))!, CancellationToken.None));
    }

    private static async Task<IResult> ListAsync(
        string? worker, string? limit, string? cursor, ClaimsPrincipal user, AreaDirectory areas, ErasureStore store, CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var code = arguments.Optional("worker", worker, AreaRules.MaxCodeLength);
        var size = arguments.Limit(limit, usual: 50, most: 500);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        var found = scope.Root is { } root ? await store.PageAsync(scope.IdsUnder(root), code, before, size + 1, cancellationToken) : [];
        var counts = await store.CountsAsync([.. found.Select(row => row.Id)], cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, row => row.Id, row => ErasureReceipts.Of(row, [.. counts[row.Id]])));
    }

    private static async Task<IResult> GetAsync(long id, ClaimsPrincipal user, AreaDirectory areas, ErasureStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } row && user.ToViewer().ScopeIn(areas.Current).Contains(row.HomeAreaId)
            ? TypedResults.Ok(await ReceiptAsync(store, row, cancellationToken))
            : Problems.OutOfScope("erasure");

    private static async Task<TrackErasureReceipt> ReceiptAsync(ErasureStore store, ErasureRow row, CancellationToken cancellationToken) =>
        ErasureReceipts.Of(row, await store.CountsAsync(row.Id, cancellationToken));

    private static bool IsPlan(ITimeLimitedDataProtector protector, string plan, string word)
    {
        try
        {
            return protector.Unprotect(plan) == word;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false; // made up, another key's, or too old
        }
    }

    private static ProblemHttpResult Held(IReadOnlyList<string> cases) => TypedResults.Problem(
        $"Tracks of this worker are held for: {string.Join(", ", cases)}. They can be deleted when the hold is released or over.",
        statusCode: StatusCodes.Status409Conflict,
        title: "Conflict",
        type: "/problems/held",
        extensions: new Dictionary<string, object?> { ["reason"] = "held", ["cases"] = cases });
}

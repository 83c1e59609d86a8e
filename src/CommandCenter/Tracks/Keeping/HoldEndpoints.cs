using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Holds: tracks that a case needs are kept whatever their age. Supervisors place them, administrators let go.</summary>
internal static class HoldEndpoints
{
    private const int MostWorkers = 1_000;
    private const int MostOfAnArea = 20_000;
    private const int MostTold = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_653);

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/tracks/holds").WithTags("Tracks").RequireAuthorization(Permissions.Supervise);
        group.MapGet("", ListAsync).Produces<Page<TrackHold>>().ProducesProblem(400)
            .WithSummary("Holds on tracks of people in the viewer's area, newest first: open=true those in force, open=false the ended ones, neither both.");
        group.MapPost("", PlaceAsync).Produces<TrackHold>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(428)
            .WithSummary("Keeps tracks between two moments for a case until a moment: of workers, or of everybody who is at home in an area now.");
        group.MapDelete("{id:long}", ReleaseAsync).RequireAuthorization(Permissions.Administer)
            .Produces(204).ProducesProblem(403).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Ends a hold now; what is past its keeping goes with the next round.");
    }

    private static async Task<IResult> ListAsync(
        string? open,
        string? limit,
        string? cursor,
        ClaimsPrincipal user,
        AreaDirectory areas,
        WorkerRegister workers,
        HoldStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var arguments = new Arguments();
        var state = arguments.Flag("open", open);
        var size = arguments.Limit(limit, usual: 50, most: 100);
        var before = arguments.NumberCursor(cursor) ?? long.MaxValue;
        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        var scope = user.ToViewer().ScopeIn(areas.Current);
        var found = scope.Root is { } root ? await store.PageAsync(scope.IdsUnder(root), state, time.GetUtcNow(), before, size + 1, cancellationToken) : [];
        var known = await workers.OfAsync(found.SelectMany(hold => hold.WorkerIds).Distinct(), cancellationToken);
        return TypedResults.Ok(Pages.Of(found, size, hold => hold.Id, hold => Info(hold, Inside(hold, known, scope), scope)));
    }

    private static async Task<IResult> PlaceAsync(
        NewTrackHold body,
        HttpContext context,
        AreaDirectory areas,
        WorkerRegister workers,
        HoldStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var arguments = new Arguments();
        arguments.Required("case", body.Case, AuditReason.MaxCaseLength);
        var codes = (body.Workers ?? []).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (string.IsNullOrEmpty(body.Area) ? codes.Count is 0 or > MostWorkers : codes.Count > 0)
        {
            arguments.Refuse("workers", $"1 to {MostWorkers} codes of workers, or none where there is an area");
        }

        if (body.From >= body.To || body.From < DateTimeOffset.UnixEpoch || body.To > now + Longest)
        {
            arguments.Refuse("from", "before 'to'");
        }

        if (body.Until <= now || body.Until > now + Longest)
        {
            arguments.Refuse("until", "a moment in the next ten years");
        }

        if (arguments.Problem is { } problem)
        {
            return problem;
        }

        if (KeepingReason.From(context.Request, body.Reason, body.Case, out var without) is not { } reason)
        {
            return without!;
        }

        var viewer = context.User.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var area = string.IsNullOrEmpty(body.Area) ? null : scope.Resolve(body.Area);
        if (area is null && !string.IsNullOrEmpty(body.Area))
        {
            return Problems.OutOfScope("area");
        }

        // Of an area: also who has left since, whose tracks would go with the next sweep.
        IReadOnlyList<Worker?> found = area is null
            ? await workers.FindInAsync(scope, codes, cancellationToken)
            : await workers.AtHomeSinceAsync(scope.IdsUnder(area).ToHashSet(), body.From, MostOfAnArea + 1, cancellationToken);
        if (found.Contains(null))
        {
            return Problems.OutOfScope("worker");
        }

        if (found.Count is 0 or > MostOfAnArea)
        {
            return Problems.BadArgument("area", $"one where 1 to {MostOfAnArea} workers are at home");
        }

        var (fromMs, toMs) = (body.From.ToUnixTimeMilliseconds(), body.To.ToUnixTimeMilliseconds());
        IReadOnlyList<Worker> named = [.. found.OfType<Worker>()];
        var id = await store.PlaceAsync(
            viewer, named, area?.Area.Id, fromMs, toMs, body.Until.ToUniversalTime(), reason with { Case = body.Case!.Trim() }, now, cancellationToken);
        var row = (await store.ListAsync(id + 1, 1, cancellationToken))[0];
        return TypedResults.Created($"/api/tracks/holds/{id}", Info(row, named, scope));
    }

    private static async Task<IResult> ReleaseAsync(
        long id,
        HttpContext context,
        AreaDirectory areas,
        WorkerRegister workers,
        HoldStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (AuditReason.From(context.Request, out var without) is not { } reason)
        {
            return without!;
        }

        var viewer = context.User.ToViewer();
        var row = id < long.MaxValue ? (await store.ListAsync(id + 1, 1, cancellationToken)).FirstOrDefault(hold => hold.Id == id) : null;
        var known = await workers.OfAsync(row?.WorkerIds ?? [], cancellationToken);
        var inside = row is null ? [] : Inside(row, known, viewer.ScopeIn(areas.Current));
        if (row is null || inside.Count == 0)
        {
            return Problems.OutOfScope("hold");
        }

        // Who sees but a part of it must not let the rest go.
        if (inside.Count < known.Count)
        {
            return Problems.Forbidden("hold-of-others", "It holds tracks of people outside your area too; whoever is over all of them may release it.");
        }

        return await store.ReleaseAsync(viewer, row, inside, reason, time.GetUtcNow(), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("released", "The hold was released already.");
    }

    private static List<Worker> Inside(HoldRow hold, IReadOnlyDictionary<int, Worker> known, AreaScope scope) =>
        [.. hold.WorkerIds.Select(id => known.GetValueOrDefault(id)).OfType<Worker>().Where(worker => scope.Contains(worker.HomeAreaId))];

    private static TrackHold Info(HoldRow row, IReadOnlyList<Worker> inside, AreaScope scope) => new(
        row.Id,
        [.. inside.Take(MostTold).Select(worker => worker.Code)],
        row.WorkerIds.Length - inside.Count,
        DateTimeOffset.FromUnixTimeMilliseconds(row.FromMs),
        DateTimeOffset.FromUnixTimeMilliseconds(row.ToMs),
        new DateTimeOffset(row.Until, TimeSpan.Zero),
        row.CaseNumber,
        row.Reason,
        new DateTimeOffset(row.PlacedAt, TimeSpan.Zero),
        row.PlacedBy,
        row.ReleasedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
        row.ReleasedBy,
        inside.Count,
        row.AreaId is { } area && scope.Contains(area) ? scope.Tree.Find(area)?.Area.Code : null);
}

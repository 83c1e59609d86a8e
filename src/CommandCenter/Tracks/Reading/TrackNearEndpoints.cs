using System.Security.Claims;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Tracks.Reading;

/// <summary><c>GET /api/tracks/near</c>: who was near a place then. Each worker told of is a row on the audit trail.</summary>
public static class TrackNearEndpoints
{
    /// <summary>Workers of one answer; the nearest are told, the others counted.</summary>
    public const int MostWorkers = 200;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/tracks/near", GetAsync)
        .WithTags("Tracks").RequireAuthorization(Permissions.Dispatch)
        .Produces<NearbyWorkers>().ProducesProblem(400).ProducesProblem(428).ProducesProblem(429).ProducesProblem(503)
        .WithSummary($"Who had a fix within near=longitude,latitude,metres (at most {TrackNearPlace.MaxMeters} m) from= until before to= (at most {TrackNearPlace.MaxHours} h). Needs a reason.");

    private static async Task<IResult> GetAsync(
        string? near,
        string? from,
        string? to,
        HttpRequest request,
        ClaimsPrincipal user,
        TrackNearSearch search,
        AreaDirectory areas,
        WorkerRegister register,
        AuditStore audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var arguments = new Arguments();
        var asked = TrackNearPlace.From(arguments, near, arguments.Moment("from", from), arguments.Moment("to", to), now);
        if (asked is null)
        {
            return arguments.Problem!;
        }

        if (AuditReason.From(request, out var unreasoned) is not { } reason)
        {
            return unreasoned!;
        }

        using var place = search.TryTake();
        if (place is null)
        {
            return TrackRefusal.Busy(search.AtOnce).ToResult();
        }

        var viewer = user.ToViewer();
        var scope = viewer.ScopeIn(areas.Current);
        var (found, unreadable) = await search.FindAsync(asked, cancellationToken);
        var known = await register.OfAsync(found.Keys, cancellationToken);
        var seen = known.Values.Where(worker => scope.Contains(worker.HomeAreaId)).Select(worker => (Worker: worker, Nearest: found[worker.Id]))
            .OrderBy(one => one.Nearest.Meters).ThenBy(one => one.Worker.Id).ToList();
        var told = seen.Take(MostWorkers).ToList();
        await audit.WriteManyAsync(
            viewer, reason.OnTrail, told.Select(one => new AuditAct(AuditActions.OpenTrack, one.Worker.HomeAreaId, one.Worker.Id, asked.ToString())), cancellationToken);
        return TypedResults.Ok(new NearbyWorkers(
            [.. told.Select(one => Of(one.Worker, one.Nearest, scope))], seen.Count - told.Count, known.Count - seen.Count, now, unreadable));
    }

    private static NearbyWorker Of(Worker worker, NearestFix nearest, AreaScope scope) => new(
        worker.Code,
        worker.Name,
        worker.Role.Name(),
        scope.Tree.Find(worker.HomeAreaId)?.Area.Code,
        Math.Round(nearest.Meters, 1),
        DateTimeOffset.FromUnixTimeMilliseconds(nearest.AtMs),
        worker.LeftAt);
}

using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// Where tracks are asked for, by the hub and by scripts alike: may it be asked, who is meant, and who of them may this viewer see; then a row on the audit trail for
/// each, and only then an answer.
/// </summary>
public sealed class TrackDesk(
    TrackPartStore store,
    INewestFixes newest,
    AreaDirectory areas,
    WorkerDirectory workers,
    AuditStore audit,
    TimeProvider time,
    IOptions<TrackReadingOptions> options) : IDisposable
{
    private readonly TrackPlaces _few = new(options.Value.ReadersAtOnce);
    private readonly TrackPlaces _many = new(options.Value.AreaReadersAtOnce);
    private readonly TrackAreaSearch _search = new(store);

    /// <summary>Either an answer, to be disposed of, or why there is none.</summary>
    /// <exception cref="Storage.RedisAwayException">The log is away: without it the newest fixes would be missing.</exception>
    public async Task<(TrackOpening? Opening, TrackRefusal? Refusal)> OpenAsync(Viewer viewer, TrackRequest? request, CancellationToken cancellationToken)
    {
        if (!Permissions.Allows(Permissions.Dispatch, viewer.Role))
        {
            return (null, new TrackRefusal(StatusCodes.Status403Forbidden, "role", "A wall shows the present; tracks are for dispatchers and those above them."));
        }

        var now = time.GetUtcNow();
        if (TrackRequestRules.Check(request, options.Value, now) is { } wrong)
        {
            return (null, wrong);
        }

        var places = request!.Area is null ? _few : _many;
        if (places.TryTake() is not { } place)
        {
            return (null, TrackRefusal.Busy(places.Most));
        }

        (TrackOpening? Opening, TrackRefusal? Refusal) answer = default;
        try
        {
            return answer = await OpenAsync(viewer, request, now.ToUnixTimeMilliseconds(), place, cancellationToken);
        }
        finally
        {
            if (answer.Opening is null)
            {
                place.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _few.Dispose();
        _many.Dispose();
    }

    private async Task<(TrackOpening? Opening, TrackRefusal? Refusal)> OpenAsync(
        Viewer viewer, TrackRequest request, long nowMs, IDisposable place, CancellationToken cancellationToken)
    {
        var scope = viewer.ScopeIn(areas.Current);
        var roster = workers.Current;
        TrackNewest unstored;
        List<Worker> seen;
        var outside = 0;
        if (request.Workers is { } codes)
        {
            seen = [.. codes.Select(code => workers.FindIn(scope, code)).OfType<Worker>().DistinctBy(worker => worker.Id)];
            if (codes.Any(code => workers.FindIn(scope, code) is null))
            {
                return (null, TrackRefusal.OutOfScope("worker"));
            }

            unstored = new TrackNewest(await newest.ReadAsync(seen.Select(worker => worker.Id).ToFrozenSet(), request.From, request.To, cancellationToken));
        }
        else
        {
            if (scope.Resolve(request.Area) is not { } area)
            {
                return (null, TrackRefusal.OutOfScope("area"));
            }

            var all = new TrackNewest(await newest.ReadAsync(null, request.From, request.To, cancellationToken));
            var there = await _search.FindAsync(area, all, request.From, request.To, cancellationToken);
            seen = [.. there.Select(id => roster[id]).OfType<Worker>().Where(worker => scope.Contains(worker.HomeAreaId))];
            outside = there.Count(id => roster[id] is { } worker && !scope.Contains(worker.HomeAreaId));
            if (seen.Count > options.Value.MaxAreaWorkers)
            {
                return (null, TrackRefusal.TooMuch(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{seen.Count} workers were in the area and {options.Value.MaxAreaWorkers} are allowed in one request: ask for the areas below it, one by one.")));
            }

            unstored = all.Only(seen.Select(worker => worker.Id).ToFrozenSet());
        }

        await WriteAuditAsync(viewer, request, seen, cancellationToken);
        return (new TrackOpening(
            store, unstored, seen.Select(worker => worker.Id), id => NameOf(roster[id]!, scope), request.From, request.To, nowMs, outside, place), null);
    }

    private Task WriteAuditAsync(Viewer viewer, TrackRequest request, List<Worker> seen, CancellationToken cancellationToken)
    {
        var interval = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeMilliseconds(request.From):O}/{DateTimeOffset.FromUnixTimeMilliseconds(request.To):O}");
        var detail = string.Concat(
            interval,
            request.Area is null ? "" : $" area={request.Area}");
        return audit.WriteManyAsync(
            viewer, AuditReason.From(request.Reason, request.Case, out _)!.OnTrail, seen.Select(worker => new AuditAct(AuditActions.OpenTrack, worker.HomeAreaId, worker.Id, detail)), cancellationToken);
    }

    private static WallName NameOf(Worker worker, AreaScope scope) => new()
    {
        Slot = worker.Id,
        Worker = worker.Code,
        Name = worker.Name,
        Role = worker.Role.Name(),
        Area = scope.Tree.Find(worker.HomeAreaId)?.Area.Code,
    };
}

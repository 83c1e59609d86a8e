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
/// each, unless the row of a following says it already, and only then an answer.
/// </summary>
public sealed partial class TrackDesk(
    TrackPartStore store,
    INewestFixes newest,
    AreaDirectory areas,
    WorkerRegister workers,
    AuditStore audit,
    TimeProvider time,
    IOptions<TrackReadingOptions> options,
    ILogger<TrackDesk> logger) : IDisposable
{
    private readonly TrackPlaces _few = new(options.Value.ReadersAtOnce);
    private readonly TrackPlaces _many = new(options.Value.AreaReadersAtOnce);
    private readonly TrackAreaSearch _search = new(store);

    /// <summary>Either an answer, to be disposed of, or why there is none.</summary>
    /// <param name="viewer">Whose rights count.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="following">Of the connection that asks; null: each asking is for itself.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="Storage.RedisAwayException">The log is away: without it the newest fixes would be missing.</exception>
    public async Task<(TrackOpening? Opening, TrackRefusal? Refusal)> OpenAsync(
        Viewer viewer, TrackRequest? request, TrackFollowing? following, CancellationToken cancellationToken)
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
            return answer = await OpenAsync(viewer, request, following ?? new TrackFollowing(), now.ToUnixTimeMilliseconds(), place, cancellationToken);
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
        Viewer viewer, TrackRequest request, TrackFollowing following, long nowMs, IDisposable place, CancellationToken cancellationToken)
    {
        var scope = viewer.ScopeIn(areas.Current);
        TrackNewest unstored;
        List<Worker> seen;
        var (outside, unreadable) = (0, 0);
        if (request.Workers is { } codes)
        {
            var found = await workers.FindInAsync(scope, codes, cancellationToken);
            if (found.Contains(null))
            {
                return (null, TrackRefusal.OutOfScope("worker"));
            }

            seen = [.. found.OfType<Worker>().DistinctBy(worker => worker.Id)];
            unstored = new TrackNewest(await newest.ReadAsync(seen.Select(worker => worker.Id).ToFrozenSet(), request.From, request.To, cancellationToken));
        }
        else
        {
            if (scope.Resolve(request.Area) is not { } area)
            {
                return (null, TrackRefusal.OutOfScope("area"));
            }

            var all = new TrackNewest(await newest.ReadAsync(null, request.From, request.To, cancellationToken));
            var there = await _search.FindAsync(area, all, request.From, request.To, Unread, cancellationToken);
            var known = await workers.OfAsync(there, cancellationToken);
            seen = [.. known.Values.Where(worker => scope.Contains(worker.HomeAreaId))];
            outside = known.Count - seen.Count;
            if (seen.Count > options.Value.MaxAreaWorkers)
            {
                return (null, TrackRefusal.TooMuch(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{seen.Count} workers were in the area and {options.Value.MaxAreaWorkers} are allowed in one request: ask for the areas below it, one by one.")));
            }

            unstored = all.Only(seen.Select(worker => worker.Id).ToFrozenSet());
        }

        await WriteAuditAsync(viewer, request, seen, following, nowMs, cancellationToken);
        var byId = seen.ToDictionary(worker => worker.Id);
        return (new TrackOpening(
            store, unstored, byId.Keys, id => NameOf(byId[id], scope), request.From, request.To, nowMs, outside, place, Damaged, unreadable), null);

        void Unread(TrackPart part)
        {
            unreadable++;
            Damaged(part);
        }
    }

    private void Damaged(TrackPart part)
    {
        ReadingMetrics.Unreadable.Add(1);
        LogUnreadable(part.WorkerId, DateTimeOffset.FromUnixTimeMilliseconds(part.HourMs));
    }

    private async Task WriteAuditAsync(
        Viewer viewer, TrackRequest request, List<Worker> seen, TrackFollowing following, long nowMs, CancellationToken cancellationToken)
    {
        var why = AuditReason.From(request.Reason, request.Case, out _)!.OnTrail;
        var all = seen.Select(worker => (Worker: worker, Look: following.Of(worker.Id, request.From, request.To, request.Area, why, nowMs))).ToList();
        var looks = all.Where(one => one.Look != TrackLook.Followed).ToList();
        if (looks.Count > 0)
        {
            await WriteRowsAsync(viewer, request, why, looks, cancellationToken);
        }

        foreach (var (worker, look) in all)
        {
            following.Remember(worker.Id, look, request.From, request.To, request.Area, why, nowMs);
        }
    }

    private async Task WriteRowsAsync(Viewer viewer, TrackRequest request, string why, List<(Worker Worker, TrackLook Look)> looks, CancellationToken cancellationToken)
    {
        var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(request.From), DateTimeOffset.FromUnixTimeMilliseconds(request.To));
        var area = request.Area is null ? "" : $" area={request.Area}";
        var open = string.Create(CultureInfo.InvariantCulture, $"{from:O}/{to:O}{area}");
        var follow = string.Create(CultureInfo.InvariantCulture, $"track from {from:O} on{area}");
        await audit.WriteManyAsync(
            viewer,
            why,
            looks.Select(one => one.Look == TrackLook.Follow
                ? new AuditAct(AuditActions.Follow, one.Worker.HomeAreaId, one.Worker.Id, follow)
                : new AuditAct(AuditActions.OpenTrack, one.Worker.HomeAreaId, one.Worker.Id, open)),
            cancellationToken);
    }

    private static WallName NameOf(Worker worker, AreaScope scope) => new()
    {
        Slot = worker.Id,
        Worker = worker.Code,
        Name = worker.Name,
        Role = worker.Role.Name(),
        Area = scope.Tree.Find(worker.HomeAreaId)?.Area.Code,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A stored track of worker {WorkerId} in the hour of {Hour} is damaged and is left out of an answer, which says so")]
    private partial void LogUnreadable(int workerId, DateTimeOffset hour);
}

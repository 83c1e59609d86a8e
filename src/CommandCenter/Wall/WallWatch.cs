using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Contracts.Wall;
using CommandCenter.Positions.Live;
using Microsoft.Extensions.Options;

namespace CommandCenter.Wall;

/// <summary>Opens a wall's stream: what may be watched, the audit row, and the place to resume from.</summary>
public sealed class WallWatch(
    LivePicture picture,
    FrameShare share,
    FixClock clock,
    AreaDirectory areas,
    AuditStore audit,
    WallMetrics metrics,
    TimeProvider time,
    IOptions<WallOptions> options)
{
    /// <param name="viewer">Whose rights count.</param>
    /// <param name="request">What to watch, and from where to resume.</param>
    /// <param name="alreadyAudited">This connection has its row for the area.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="Microsoft.AspNetCore.SignalR.HubException">400 for wrong arguments, 403 outside the viewer's area.</exception>
    internal async Task<(WallStream Stream, int AreaId)> OpenAsync(
        Viewer viewer, WatchRequest? request, Func<int, bool> alreadyAudited, CancellationToken cancellationToken)
    {
        if (request?.Area is null)
        {
            throw HubProblem.BadRequest("Watch needs {area}.");
        }

        Bounds? bounds = null;
        if (request.Bounds is { } degrees)
        {
            bounds = Bounds.From(degrees)
                ?? throw HubProblem.BadRequest("bounds must be [west, south, east, north] in degrees, west ≤ east and south ≤ north.");
        }

        var watched = viewer.ScopeIn(areas.Current).Resolve(request.Area)
            ?? throw HubProblem.Forbidden("This area is outside your own.");
        if (!alreadyAudited(watched.Area.Id))
        {
            await audit.WriteAsync(viewer, AuditActions.WatchArea, watched.Area.Id, cancellationToken: cancellationToken);
        }

        var stream = new WallStream(
            picture, share, clock, metrics, time, options.Value, new WallScope(watched.Area.Id, viewer.AreaId, bounds));
        stream.Resume(request.Epoch, request.Tick);
        return (stream, watched.Area.Id);
    }
}

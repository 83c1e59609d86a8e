using System.Runtime.CompilerServices;
using CommandCenter.Access;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Wall;

/// <summary>
/// <c>/hubs/wall</c>: the live picture for whoever may see it. <c>Watch</c> streams frames, one stream a connection (a new one ends the
/// old); <c>Shown</c> acknowledges a frame once it is drawn. <c>Tracks</c> streams what was. <c>Alarms</c> is a lane of its own, and <c>AlarmShown</c> says what it brought is drawn.
/// </summary>
[Authorize(Policy = Permissions.Watch)]
public sealed class WallHub(WallWatch watch, WallTracks tracks, WallAlarms alarms, WallConnections connections) : Hub<IWallClient>, IWallHub
{
    private WallSession Session => (WallSession)Context.Items[nameof(WallSession)]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[nameof(WallSession)] = new WallSession();
        return connections.TryAdd(Context)
            ? Task.CompletedTask
            : throw HubProblem.Unavailable("This server has as many walls as it takes; try again, or another node.");
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<WallFrame> Watch(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (stream, area) = await watch.OpenAsync(Context.User!.ToViewer(), request, Session.HasWatched, cancellationToken);
        using var only = Session.Begin(stream, area, cancellationToken);
        await foreach (var frame in stream.FramesAsync(only.Token))
        {
            yield return frame;
        }
    }

    public IAsyncEnumerable<TrackChunk> Tracks(TrackRequest request, CancellationToken cancellationToken) =>
        tracks.StreamAsync(Context.User!.ToViewer(), request, Session.Following, cancellationToken);

    public async IAsyncEnumerable<AlarmNews> Alarms([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var only = Session.BeginAlarms(cancellationToken);
        await foreach (var news in alarms.StreamAsync(Context.User!.ToViewer(), only.Token))
        {
            yield return news;
        }
    }

    public Task AlarmShown(string id, long version)
    {
        alarms.Shown(Context.User!.ToViewer(), id);
        return Task.CompletedTask;
    }

    public Task Shown(long tick)
    {
        Session.Stream?.Shown(tick);
        return Task.CompletedTask;
    }
}

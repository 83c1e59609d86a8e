using System.Runtime.CompilerServices;
using CommandCenter.Access;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Contracts.Wall;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.Wall;

/// <summary>
/// <c>/hubs/wall</c>: the live picture for whoever may see it. <c>Watch</c> streams frames, one stream a connection (a new one ends the
/// old); <c>Shown</c> acknowledges a frame once it is drawn. <c>Tracks</c> streams what was.
/// </summary>
[Authorize(Policy = Permissions.Watch)]
public sealed class WallHub(WallWatch watch, WallTracks tracks, WallConnections connections) : Hub<IWallClient>, IWallHub
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

    public Task Shown(long tick)
    {
        Session.Stream?.Shown(tick);
        return Task.CompletedTask;
    }
}

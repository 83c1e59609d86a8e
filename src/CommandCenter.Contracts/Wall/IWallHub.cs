namespace CommandCenter.Contracts.Wall;

/// <summary>What a wall calls on the wall hub.</summary>
public interface IWallHub
{
    const string Path = "/hubs/wall";

    /// <summary>Streams what changes in the scope until the client cancels; one at a time for each connection.</summary>
    IAsyncEnumerable<WallFrame> Watch(WatchRequest request, CancellationToken cancellationToken);

    /// <summary>The client has drawn the frame of this tick: at most two frames stand unacknowledged.</summary>
    Task Shown(long tick);
}

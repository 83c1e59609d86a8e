namespace CommandCenter.Contracts.Wall;

/// <summary>What the wall hub (<c>/hubs/wall</c>) calls on its clients, beside the stream of <see cref="WallFrame"/>s that Watch returns.</summary>
public interface IWallClient
{
    /// <summary>The account was disabled, changed or signed out: the connection closes after this.</summary>
    Task SignedOut(string reason);
}

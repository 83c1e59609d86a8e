namespace CommandCenter.Storage;

/// <summary>
/// Fills a directory in memory before the server says ready, and anew whenever any node changes what is in it. One reading at a time, so that an
/// older one never replaces a newer one.
/// </summary>
public abstract class DirectoryLoading : IStartupStep
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="changes">Says when to read again.</param>
    /// <param name="feed">The directory's name there; the startup step's, too.</param>
    /// <param name="order">After the directories whose entries it names.</param>
    protected DirectoryLoading(ChangeFeed changes, string feed, int order)
    {
        (Name, Order) = (feed, order);
        changes.OnChange(feed, RefreshAsync);
    }

    public int Order { get; }

    public string Name { get; }

    public Task RunAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Whoever wrote awaits this before answering, so that this node at least knows.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await LoadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    protected abstract Task LoadAsync(CancellationToken cancellationToken);
}

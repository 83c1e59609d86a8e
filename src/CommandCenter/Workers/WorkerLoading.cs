using CommandCenter.Storage;

namespace CommandCenter.Workers;

/// <summary>Fills the <see cref="WorkerDirectory"/> before the server says ready, and brings in what any node changed since.</summary>
public sealed class WorkerLoading : IStartupStep
{
    private readonly WorkerStore _store;
    private readonly WorkerDirectory _directory;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _version;

    public WorkerLoading(WorkerStore store, WorkerDirectory directory, ChangeFeed changes)
    {
        _store = store;
        _directory = directory;
        changes.OnChange(WorkerStore.Feed, RefreshAsync);
    }

    public int Order => 102;

    public string Name => "workers";

    public Task RunAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Whoever wrote awaits this before answering, so that this node at least knows.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (version, changes) = await _store.LoadAsync(_version, cancellationToken);
            _directory.Apply(changes);
            _version = version;
        }
        finally
        {
            _gate.Release();
        }
    }
}

using CommandCenter.Storage;

namespace CommandCenter.Workers;

/// <summary>Keeps the <see cref="WorkerDirectory"/>: reads only what changed since it read last.</summary>
public sealed class WorkerLoading(WorkerStore store, WorkerDirectory directory, ChangeFeed changes) : DirectoryLoading(changes, WorkerStore.Feed, order: 102)
{
    private long _version;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (version, workers) = await store.LoadAsync(_version, cancellationToken);
        directory.Apply(workers);
        _version = version;
    }
}

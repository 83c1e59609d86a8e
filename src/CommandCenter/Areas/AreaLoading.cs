using CommandCenter.Storage;

namespace CommandCenter.Areas;

/// <summary>Fills the <see cref="AreaDirectory"/> before the server says ready and whenever any node changes an area.</summary>
public sealed class AreaLoading : IStartupStep
{
    private readonly AreaStore _store;
    private readonly AreaDirectory _directory;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public AreaLoading(AreaStore store, AreaDirectory directory, ChangeFeed changes)
    {
        _store = store;
        _directory = directory;
        changes.OnChange(AreaStore.Feed, RefreshAsync);
    }

    /// <summary>Before all other directories, whose entries name areas.</summary>
    public int Order => 100;

    public string Name => "areas";

    public Task RunAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>One at a time, so that an older reading never replaces a newer one.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _directory.Replace(await _store.LoadAsync(cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }
}

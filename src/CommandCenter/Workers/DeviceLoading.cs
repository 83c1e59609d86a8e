using CommandCenter.Storage;

namespace CommandCenter.Workers;

/// <summary>Fills the <see cref="DeviceDirectory"/> before the server says ready, and brings in what any node changed since.</summary>
public sealed class DeviceLoading : IStartupStep
{
    private readonly DeviceStore _store;
    private readonly DeviceDirectory _directory;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _version;

    public DeviceLoading(DeviceStore store, DeviceDirectory directory, ChangeFeed changes)
    {
        _store = store;
        _directory = directory;
        changes.OnChange(DeviceStore.Feed, RefreshAsync);
    }

    public int Order => 103;

    public string Name => "devices";

    public Task RunAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <summary>Whoever wrote awaits this before answering, so that this node at least knows.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (version, devices) = await _store.LoadAsync(_version, cancellationToken);
            _directory.Replace(await _store.LoadGatewaysAsync(cancellationToken));
            _directory.Apply(devices);
            _version = version;
        }
        finally
        {
            _gate.Release();
        }
    }
}

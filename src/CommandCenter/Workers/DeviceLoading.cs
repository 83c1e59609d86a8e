using CommandCenter.Storage;

namespace CommandCenter.Workers;

/// <summary>Keeps the <see cref="DeviceDirectory"/>: reads only the devices changed since it read last, and all gateways, which are few.</summary>
public sealed class DeviceLoading(DeviceStore store, DeviceDirectory directory, ChangeFeed changes) : DirectoryLoading(changes, DeviceStore.Feed, order: 103)
{
    private long _version;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (version, devices) = await store.LoadAsync(_version, cancellationToken);
        directory.Replace(await store.LoadGatewaysAsync(cancellationToken));
        directory.Apply(devices);
        _version = version;
    }
}

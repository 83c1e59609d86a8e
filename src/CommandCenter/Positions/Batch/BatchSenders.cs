using CommandCenter.Areas;
using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>Who may send batches: a device for itself, a gateway for the devices of all workers at home in its area.</summary>
public sealed class BatchSenders(DeviceDirectory devices, WorkerDirectory workers, AreaDirectory areas)
{
    internal async ValueTask<BatchSender> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!BasicCredentials.TryRead(request, out var who))
        {
            return new(LookupStatus.Unknown);
        }

        var device = await devices.FindByCredentialsAsync(who.User, who.Password, cancellationToken);
        if (device.Status != LookupStatus.Unknown)
        {
            return new(device.Status, device.Device);
        }

        var gateway = await devices.FindGatewayAsync(who.User, who.Password, cancellationToken);
        return new(gateway.Status, Gateway: gateway.Gateway);
    }

    /// <summary>The device of that user name; unknown outside the gateway's area, as if there were none.</summary>
    internal DeviceLookup FindFor(Gateway gateway, string deviceUser) =>
        devices.FindByUser(deviceUser) is { } device
        && workers.Current[device.WorkerId] is { } worker
        && areas.Current.Find(gateway.AreaId) is { } area
        && area.Contains(areas.Current.Find(worker.HomeAreaId))
            ? DeviceLookup.Of(device)
            : DeviceLookup.Unknown;
}

/// <summary>A device or a gateway, when found.</summary>
internal readonly record struct BatchSender(LookupStatus Status, Device? Device = null, Gateway? Gateway = null);

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

    /// <summary>The devices a gateway may name, as roster and areas stand now.</summary>
    internal GatewayScope ScopeOf(Gateway gateway) => new(workers.Current, areas.Current, areas.Current.Find(gateway.AreaId));

    /// <summary>Where a batch's names are looked up as they are read.</summary>
    internal DeviceDirectory Names => devices;
}

/// <summary>The devices of all workers at home in one area; all others are unknown, as if there were none.</summary>
internal readonly struct GatewayScope(WorkerSnapshot roster, AreaTree tree, AreaNode? area)
{
    /// <summary>To have at hand what <see cref="Holds"/> and the question for duty will need; nothing of use.</summary>
    public long Fetch(Device device) => roster[device.WorkerId] is { } worker ? worker.HomeAreaId + worker.NextDutyChange(long.MaxValue) : 0;

    public bool Holds(Device device) =>
        area is not null && roster[device.WorkerId] is { } worker && area.Contains(tree.Find(worker.HomeAreaId));
}

/// <summary>A device or a gateway, when found.</summary>
internal readonly record struct BatchSender(LookupStatus Status, Device? Device = null, Gateway? Gateway = null);

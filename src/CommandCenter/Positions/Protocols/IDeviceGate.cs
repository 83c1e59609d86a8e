using CommandCenter.Workers;

namespace CommandCenter.Positions.Protocols;

/// <summary>Who stands behind the credentials of a request. Answers <see cref="GateAnswer.Unavailable"/> rather than throwing when that cannot be told.</summary>
public interface IDeviceGate
{
    ValueTask<GateAnswer> FindByOsmandIdAsync(string id, CancellationToken cancellationToken);

    ValueTask<GateAnswer> FindByCredentialsAsync(string user, string password, CancellationToken cancellationToken);

    /// <summary>A gateway that may report for every device of its area; null in <see cref="GateAnswer.Gateway"/> when there is none.</summary>
    ValueTask<GateAnswer> FindGatewayAsync(string user, string password, CancellationToken cancellationToken);

    /// <summary>The device of that user name as the gateway sees it: unknown when it is outside the gateway's area.</summary>
    GateAnswer FindFor(DeviceGateway gateway, string deviceUser);
}

/// <summary>One of: a device, a gateway, or a reason for neither.</summary>
public readonly record struct GateAnswer(GateOutcome Outcome, Device? Device = null, DeviceGateway? Gateway = null);

public enum GateOutcome
{
    Unknown,
    Found,
    Revoked,
    Unavailable,
}

/// <summary>A sender on behalf of all devices under <paramref name="AreaId"/>, such as another system of the district.</summary>
public sealed record DeviceGateway(int Id, string User, int AreaId);

using CommandCenter.Workers;

namespace CommandCenter.Positions;

/// <summary>Stands in until a slice takes alarms: says so in the log. The report itself is kept as a fix with the flag <c>sos</c>.</summary>
public sealed partial class NoAlarmReports(ILogger<NoAlarmReports> log) : IAlarmReports
{
    public ValueTask RaiseAsync(Device device, PositionReport report, long receivedAtMs, CancellationToken cancellationToken)
    {
        Received(log, device.Id);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "An alarm from device {DeviceId}: nobody handles alarms here, it is kept as a fix alone.")]
    private static partial void Received(ILogger logger, int deviceId);
}

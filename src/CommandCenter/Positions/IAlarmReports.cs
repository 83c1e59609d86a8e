using CommandCenter.Workers;

namespace CommandCenter.Positions;

/// <summary>
/// The door by which a report that carries an alarm leaves the position line, before any position rule is asked.
/// Implemented by the alarms slice; a no-op until there is one.
/// </summary>
public interface IAlarmReports
{
    /// <summary>Returns once the alarm is durable.</summary>
    ValueTask RaiseAsync(Device device, PositionReport report, long receivedAtMs, CancellationToken cancellationToken);
}

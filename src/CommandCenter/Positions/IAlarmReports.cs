using CommandCenter.Workers;

namespace CommandCenter.Positions;

/// <summary>
/// The door by which a report that carries an alarm leaves the position line, before any position rule is asked.
/// Implemented by the alarms slice.
/// </summary>
public interface IAlarmReports
{
    /// <summary>Returns once the alarm is durable.</summary>
    /// <exception cref="Storage.RedisAwayException">It could be made durable nowhere: the phone is to send it again.</exception>
    ValueTask RaiseAsync(Device device, PositionReport report, long receivedAtMs, CancellationToken cancellationToken);
}

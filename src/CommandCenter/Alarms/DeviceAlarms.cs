using CommandCenter.Positions;
using CommandCenter.Workers;

namespace CommandCenter.Alarms;

/// <summary>Alarms in the reports of phones, whatever protocol they speak: an SOS is raised, whatever else is wrong with the report; other words are left to the rules on the live picture.</summary>
public sealed class DeviceAlarms(AlarmDesk desk, AlarmPresses presses) : IAlarmReports
{
    private const string Sos = "sos";

    public async ValueTask RaiseAsync(Device device, PositionReport report, long receivedAtMs, CancellationToken cancellationToken)
    {
        if (!string.Equals(report.Alarm, Sos, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var occurred = report.FixTimeMs ?? receivedAtMs;
        var claim = new AlarmClaim(AlarmKind.Sos, occurred, report.Longitude, report.Latitude, report.AccuracyMeters, Exercise: report.Drill);
        await desk.RaiseAsync(presses.Of(device, AlarmIds.OfReport(device.Id, occurred, AlarmKind.Sos), claim, receivedAtMs), by: null);
    }
}

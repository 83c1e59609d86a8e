using CommandCenter.Positions.Limits;
using CommandCenter.Positions.Refusals;
using CommandCenter.Storage;
using CommandCenter.Workers;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions;

/// <summary>
/// The way of a known device's reports from any protocol into the line: alarms first, then the device's rate, then the line itself,
/// then the counters. An alarm is raised even when the reports that carry it are refused or sent back for later.
/// </summary>
public sealed partial class DeviceReports(
    IPositionIntake intake,
    IAlarmReports alarms,
    DeviceRates rates,
    RefusalLog refusals,
    PositionMetrics metrics,
    IOptions<PositionOptions> options,
    TimeProvider time,
    ILogger<DeviceReports> log)
{
    private readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(options.Value.RetryAfterSeconds);
    private readonly TimeSpan _appendTimeout = TimeSpan.FromMilliseconds(options.Value.AppendTimeoutMilliseconds);

    public async ValueTask<Submission> SubmitAsync(Device device, PositionReport[] reports, string protocol, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        metrics.Received(protocol, reports.Length);
        refusals.Seen(device.Id, now);
        if (!await RaiseAlarmsAsync(device, reports, now, cancellationToken))
        {
            return Submission.Unavailable(_retryAfter);
        }

        var wait = rates.TryTake(device.Id, reports.Length);
        if (wait > TimeSpan.Zero)
        {
            refusals.Add(device.Id, Refusal.RateLimited, reports.Length, now, null);
            metrics.Refused(Refusal.RateLimited, reports.Length);
            return Submission.TooFast(wait);
        }

        var verdicts = new Verdict[reports.Length];
        if (!await AppendAsync(device, reports, verdicts, cancellationToken))
        {
            rates.GiveBack(device.Id, reports.Length);
            return Submission.Unavailable(_retryAfter);
        }

        Count(device, reports, verdicts, now);
        return Submission.Taken(verdicts);
    }

    /// <summary>Counts a gateway's report that reaches no device, or one that may not report.</summary>
    public void CountRefused(Device? device, Refusal refusal)
    {
        metrics.Refused(refusal, 1);
        if (device is not null)
        {
            refusals.Add(device.Id, refusal, 1, time.GetUtcNow().ToUnixTimeMilliseconds(), null);
        }
    }

    private async ValueTask<bool> RaiseAlarmsAsync(Device device, PositionReport[] reports, long now, CancellationToken cancellationToken)
    {
        foreach (var report in reports)
        {
            if (report.Alarm is null)
            {
                continue;
            }

            try
            {
                await alarms.RaiseAsync(device, report, now, cancellationToken);
            }
            catch (RedisAwayException error)
            {
                AlarmNotDurable(log, error, device.Id);
                return false;
            }
        }

        return true;
    }

    /// <summary>False when the reports are not known to be durable. They may yet become so: the same fix sent twice is one fix.</summary>
    private async ValueTask<bool> AppendAsync(Device device, PositionReport[] reports, Verdict[] verdicts, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await intake.SubmitAsync(device, reports, verdicts, cancellationToken).AsTask().WaitAsync(_appendTimeout, time, cancellationToken);
            return outcome == IntakeOutcome.Durable;
        }
        catch (Exception error) when (error is TimeoutException or RedisAwayException)
        {
            NotDurable(log, error.GetType().Name, device.Id);
            return false;
        }
    }

    private void Count(Device device, PositionReport[] reports, Verdict[] verdicts, long now)
    {
        var accepted = 0;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var refusal = verdicts[i].Refusal;
            if (refusal == Refusal.None)
            {
                accepted++;
                continue;
            }

            metrics.Refused(refusal, 1);
            verdicts[i] = verdicts[i] with { Detail = verdicts[i].Detail ?? PositionRules.Explain(reports[i], refusal, now, options.Value) };
            refusals.Add(device.Id, refusal, 1, now, verdicts[i].Detail);
        }

        metrics.Accepted(accepted);
    }

    [LoggerMessage(LogLevel.Warning, "An alarm of device {DeviceId} could not be made durable; the phone is told to send it again.")]
    private static partial void AlarmNotDurable(ILogger logger, Exception error, int deviceId);

    [LoggerMessage(LogLevel.Debug, "Reports of device {DeviceId} could not be made durable ({Reason}); the phone is told to send them again.")]
    private static partial void NotDurable(ILogger logger, string reason, int deviceId);
}

/// <summary>How a submission ended. <see cref="Verdicts"/> is set when it was taken, in the order of the reports.</summary>
public readonly record struct Submission(SubmissionOutcome Outcome, Verdict[] Verdicts, TimeSpan Wait)
{
    public static Submission Taken(Verdict[] verdicts) => new(SubmissionOutcome.Taken, verdicts, TimeSpan.Zero);

    public static Submission TooFast(TimeSpan wait) => new(SubmissionOutcome.TooFast, [], wait);

    public static Submission Unavailable(TimeSpan wait) => new(SubmissionOutcome.Unavailable, [], wait);
}

public enum SubmissionOutcome
{
    Taken,
    TooFast,
    Unavailable,
}

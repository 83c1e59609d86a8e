using System.Buffers;
using System.Runtime.CompilerServices;
using CommandCenter.Positions.Batch;
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

    /// <param name="device">Whose reports these are.</param>
    /// <param name="reports">In the order sent.</param>
    /// <param name="verdicts">Filled in when the submission is taken; as many as reports.</param>
    /// <param name="protocol">For the counters.</param>
    /// <param name="cancellationToken">Ends the wait for alarms; reports on their way to the log are not called back.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Submission> SubmitAsync(
        Device device, ReadOnlyMemory<PositionReport> reports, Memory<Verdict> verdicts, string protocol, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        metrics.Received(protocol, reports.Length);
        refusals.Seen(device.Id, now);
        for (var i = 0; i < reports.Length; i++)
        {
            if (reports.Span[i].Alarm is not null && !await RaiseAlarmAsync(device, reports.Span[i], now, cancellationToken))
            {
                return Submission.Unavailable(_retryAfter);
            }
        }

        var wait = rates.TryTake(device.Id, reports.Length);
        if (wait > TimeSpan.Zero)
        {
            refusals.Add(device.Id, Refusal.RateLimited, reports.Length, now, null);
            metrics.Refused(Refusal.RateLimited, reports.Length);
            return Submission.TooFast(wait);
        }

        if (!IsDurable(await intake.SubmitAsync(device, reports, verdicts, cancellationToken)))
        {
            rates.GiveBack(device.Id, reports.Length);
            return Submission.Unavailable(_retryAfter);
        }

        var accepted = 0;
        for (var i = 0; i < reports.Length; i++)
        {
            accepted += Count(device, reports.Span[i], ref verdicts.Span[i], now) ? 1 : 0;
        }

        metrics.Accepted(accepted);
        return Submission.Taken;
    }

    /// <summary>For senders that are told nothing of single reports.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Submission> SubmitAsync(
        Device device, ReadOnlyMemory<PositionReport> reports, string protocol, CancellationToken cancellationToken)
    {
        var verdicts = ArrayPool<Verdict>.Shared.Rent(reports.Length);
        try
        {
            return await SubmitAsync(device, reports, verdicts.AsMemory(0, reports.Length), protocol, cancellationToken);
        }
        finally
        {
            verdicts.AsSpan(0, reports.Length).Clear();
            ArrayPool<Verdict>.Shared.Return(verdicts);
        }
    }

    /// <summary>
    /// The same for reports of many devices, each its item's own; items whose verdict is a refusal already are passed over. A device past its
    /// rate costs only its own items.
    /// </summary>
    public async ValueTask<Submission> SubmitAsync(
        ReadOnlyMemory<BatchItem> items, Memory<Verdict> verdicts, string protocol, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < items.Length; i++)
        {
            if (items.Span[i] is { Known: { } device, Report.Alarm: not null }
                && verdicts.Span[i].Refusal == Refusal.None
                && !await RaiseAlarmAsync(device, items.Span[i].Report, now, cancellationToken))
            {
                return Submission.Unavailable(_retryAfter);
            }
        }

        metrics.Received(protocol, Admit(items.Span, verdicts.Span, now));
        if (!IsDurable(await intake.SubmitAsync(items, verdicts, cancellationToken)))
        {
            GiveBack(items.Span, verdicts.Span);
            return Submission.Unavailable(_retryAfter);
        }

        metrics.Accepted(Count(items.Span, verdicts.Span, now));
        return Submission.Taken;
    }

    /// <summary>To have at hand what the items' devices and workers will be asked; nothing of use.</summary>
    internal long Fetch(ReadOnlySpan<BatchItem> items, in GatewayScope scope)
    {
        long sum = 0;
        foreach (ref readonly var item in items)
        {
            sum += item.Known is { } device ? scope.Fetch(device) + rates.Fetch(device.Id) + refusals.Fetch(device.Id) : 0;
        }

        return sum;
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

    private async ValueTask<bool> RaiseAlarmAsync(Device device, PositionReport report, long now, CancellationToken cancellationToken)
    {
        try
        {
            await alarms.RaiseAsync(device, report, now, cancellationToken);
            return true;
        }
        catch (RedisAwayException error)
        {
            AlarmNotDurable(log, error, device.Id);
            return false;
        }
    }

    /// <summary>False when the reports are not known to be durable. They may yet become so: the same fix sent twice is one fix.</summary>
    private bool IsDurable(IntakeOutcome outcome)
    {
        if (outcome != IntakeOutcome.Durable)
        {
            NotDurable(log, outcome);
        }

        return outcome == IntakeOutcome.Durable;
    }

    /// <summary>Takes each item from its device's rate; returns how many are of known devices.</summary>
    private int Admit(ReadOnlySpan<BatchItem> items, Span<Verdict> verdicts, long now)
    {
        var received = 0;
        var moment = rates.Now();
        for (var i = 0; i < items.Length; i++)
        {
            if (verdicts[i].Refusal != Refusal.None || items[i].Known is not { } device)
            {
                continue;
            }

            received++;
            refusals.Seen(device.Id, now);
            if (rates.TryTake(device.Id, 1, moment) > TimeSpan.Zero)
            {
                verdicts[i] = new Verdict(Refusal.RateLimited, default, false, false, "past the device's rate; send it again later");
            }
        }

        return received;
    }

    private void GiveBack(ReadOnlySpan<BatchItem> items, ReadOnlySpan<Verdict> verdicts)
    {
        for (var i = 0; i < items.Length; i++)
        {
            // Those refused for what they say were taken from the rate, too; nothing was answered about them.
            if (items[i].Known is { } device && verdicts[i].Refusal is not (Refusal.RateLimited or Refusal.UnknownDevice or Refusal.RevokedDevice))
            {
                rates.GiveBack(device.Id, 1);
            }
        }
    }

    private int Count(ReadOnlySpan<BatchItem> items, Span<Verdict> verdicts, long now)
    {
        var accepted = 0;
        for (var i = 0; i < items.Length; i++)
        {
            // What never was a device's report was counted when it was turned away.
            if (items[i].Known is { } device && verdicts[i].Refusal is not (Refusal.UnknownDevice or Refusal.RevokedDevice))
            {
                accepted += Count(device, items[i].Report, ref verdicts[i], now) ? 1 : 0;
            }
        }

        return accepted;
    }

    private bool Count(Device device, in PositionReport report, ref Verdict verdict, long now)
    {
        if (verdict.Refusal == Refusal.None)
        {
            return true;
        }

        metrics.Refused(verdict.Refusal, 1);
        verdict = verdict with { Detail = verdict.Detail ?? PositionRules.Explain(report, verdict.Refusal, now, options.Value) };
        refusals.Add(device.Id, verdict.Refusal, 1, now, verdict.Detail);
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "An alarm of device {DeviceId} could not be made durable; the phone is told to send it again.")]
    private static partial void AlarmNotDurable(ILogger logger, Exception error, int deviceId);

    [LoggerMessage(LogLevel.Debug, "Reports could not be made durable ({Outcome}); the phone is told to send them again.")]
    private static partial void NotDurable(ILogger logger, IntakeOutcome outcome);
}

/// <summary>How a submission ended, and for how long to wait before the next where it was not taken.</summary>
public readonly record struct Submission(SubmissionOutcome Outcome, TimeSpan Wait)
{
    public static readonly Submission Taken = new(SubmissionOutcome.Taken, TimeSpan.Zero);

    public static Submission TooFast(TimeSpan wait) => new(SubmissionOutcome.TooFast, wait);

    public static Submission Unavailable(TimeSpan wait) => new(SubmissionOutcome.Unavailable, wait);
}

public enum SubmissionOutcome
{
    Taken,
    TooFast,
    Unavailable,
}

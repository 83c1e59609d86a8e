using Microsoft.Extensions.Options;

namespace CommandCenter.Positions;

/// <summary>What the server accepts from phones; section <c>Positions</c>.</summary>
public sealed class PositionOptions
{
    public const string Section = "Positions";

    /// <summary>How far ahead of the server a device clock may run, seconds.</summary>
    public int FutureToleranceSeconds { get; set; } = 60;

    /// <summary>Older reports are refused, days.</summary>
    public int MaxAgeDays { get; set; } = 30;

    /// <summary>A fix that arrives longer after it was taken is flagged late, seconds.</summary>
    public int LateSeconds { get; set; } = 120;

    /// <summary>A fix with a wider radius is flagged inaccurate, metres.</summary>
    public double InaccurateMeters { get; set; } = 100;

    /// <summary>A reported speed above it is flagged implausible, metres per second.</summary>
    public double ImplausibleSpeedMps { get; set; } = 60;

    /// <summary>Port of the second listener that speaks the OsmAnd protocol at <c>/</c> and nothing else; 0 is off.</summary>
    public int OsmandPort { get; set; }

    /// <summary>Longest body of a phone's request, bytes.</summary>
    public int MaxPhoneBodyBytes { get; set; } = 256 * 1024;

    /// <summary>Longest body of a batch, bytes.</summary>
    public int MaxBatchBodyBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>Most reports in one request.</summary>
    public int MaxBatchReports { get; set; } = 5_000;

    /// <summary>Reports a device may send in the long run, per second.</summary>
    public int DeviceReportsPerSecond { get; set; } = 200;

    /// <summary>Reports a device may send at once: an emptied offline queue.</summary>
    public int DeviceBurst { get; set; } = 5_000;

    /// <summary>Requests with unknown credentials from one address (an IPv6 /64 is one), per minute.</summary>
    public int StrangerRequestsPerMinute { get; set; } = 30;

    /// <summary>Requests with unknown credentials from one address at once.</summary>
    public int StrangerBurst { get; set; } = 30;

    /// <summary>Longest wait for reports to become durable before the phone is told to come back, milliseconds.</summary>
    public int AppendTimeoutMilliseconds { get; set; } = 1_500;

    /// <summary>What Retry-After says while the server cannot keep reports, seconds.</summary>
    public int RetryAfterSeconds { get; set; } = 5;

    /// <summary>How often refusal counts go to PostgreSQL, seconds.</summary>
    public int RefusalFlushSeconds { get; set; } = 5;

    internal long FutureToleranceMs => FutureToleranceSeconds * 1_000L;

    internal long MaxAgeMs => MaxAgeDays * 86_400_000L;

    internal long LateMs => LateSeconds * 1_000L;
}

/// <summary>Names the key that is wrong, so that the server's last words say what to change.</summary>
public sealed class PositionOptionsValidation : IValidateOptions<PositionOptions>
{
    public ValidateOptionsResult Validate(string? name, PositionOptions options)
    {
        var errors = new List<string>();
        Whole(nameof(options.FutureToleranceSeconds), options.FutureToleranceSeconds, 0, 3_600, "s");
        Whole(nameof(options.MaxAgeDays), options.MaxAgeDays, 1, 365, "days");
        Whole(nameof(options.LateSeconds), options.LateSeconds, 1, 86_400, "s");
        Real(nameof(options.InaccurateMeters), options.InaccurateMeters, "m");
        Real(nameof(options.ImplausibleSpeedMps), options.ImplausibleSpeedMps, "m/s");
        Whole(nameof(options.OsmandPort), options.OsmandPort, 0, 65_535, "(0 is off)");
        Whole(nameof(options.MaxPhoneBodyBytes), options.MaxPhoneBodyBytes, 1_024, 16 * 1024 * 1024, "bytes");
        Whole(nameof(options.MaxBatchBodyBytes), options.MaxBatchBodyBytes, 1_024, 64 * 1024 * 1024, "bytes");
        Whole(nameof(options.MaxBatchReports), options.MaxBatchReports, 1, 50_000, "reports");
        Whole(nameof(options.DeviceReportsPerSecond), options.DeviceReportsPerSecond, 1, 1_000_000, "reports/s");
        Whole(nameof(options.DeviceBurst), options.DeviceBurst, options.MaxBatchReports, 1_000_000, "reports (a batch must fit)");
        Whole(nameof(options.StrangerRequestsPerMinute), options.StrangerRequestsPerMinute, 1, 100_000, "requests/min");
        Whole(nameof(options.StrangerBurst), options.StrangerBurst, 1, 100_000, "requests");
        Whole(nameof(options.AppendTimeoutMilliseconds), options.AppendTimeoutMilliseconds, 100, 60_000, "ms");
        Whole(nameof(options.RetryAfterSeconds), options.RetryAfterSeconds, 1, 3_600, "s");
        Whole(nameof(options.RefusalFlushSeconds), options.RefusalFlushSeconds, 1, 3_600, "s");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Whole(string key, int value, int least, int most, string unit)
        {
            if (value < least || value > most)
            {
                errors.Add($"{PositionOptions.Section}:{key} is {value}; it must be {least} to {most} {unit}.");
            }
        }

        void Real(string key, double value, string unit)
        {
            if (!double.IsFinite(value) || value <= 0)
            {
                errors.Add(FormattableString.Invariant($"{PositionOptions.Section}:{key} is {value}; it must be more than 0 {unit}."));
            }
        }
    }
}

using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// A batch of many devices: what reaches no device of the gateway's area is refused first; all other items go into the line together.
/// A device that is unknown, revoked or too fast costs only its own items.
/// </summary>
internal static class GatewayBatch
{
    /// <summary>Items whose workers are fetched at once: as many waits for memory run side by side.</summary>
    private const int Ahead = 32;

    private static long s_fetched;

    /// <summary>Fills in the verdicts, in the order of the items; false when the line could not keep them: the whole batch may be sent again.</summary>
    public static ValueTask<Submission> SubmitAsync(
        ReadOnlyMemory<BatchItem> items, Memory<Verdict> verdicts, in GatewayScope scope, DeviceReports line, CancellationToken cancellationToken)
    {
        TurnAway(items.Span, verdicts.Span, scope, line);
        return line.SubmitAsync(items, verdicts, "gateway", cancellationToken);
    }

    private static void TurnAway(ReadOnlySpan<BatchItem> items, Span<Verdict> verdicts, in GatewayScope scope, DeviceReports line)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i % Ahead == 0)
            {
                s_fetched = line.Fetch(items[i..Math.Min(i + Ahead, items.Length)], scope);
            }

            ref readonly var item = ref items[i];
            verdicts[i] = default;
            if (item.Device is null)
            {
                var (reason, detail) = item.Report.Malformed is { } why ? (Refusal.Malformed, why) : (Refusal.UnknownDevice, "device is missing");
                verdicts[i] = Refused(reason, detail);
                line.CountRefused(null, reason);
            }
            else if (item.Known is not { } device || !scope.Holds(device))
            {
                verdicts[i] = Refused(Refusal.UnknownDevice, "your area has no device of that name");
                line.CountRefused(null, Refusal.UnknownDevice);
            }
            else if (device.Revoked)
            {
                verdicts[i] = Refused(Refusal.RevokedDevice, "the device was revoked");
                line.CountRefused(device, Refusal.RevokedDevice);
            }
        }
    }

    private static Verdict Refused(Refusal refusal, string detail) => new(refusal, default, false, false, detail);
}

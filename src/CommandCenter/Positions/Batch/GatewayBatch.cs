using CommandCenter.Workers;

namespace CommandCenter.Positions.Batch;

/// <summary>
/// A batch of many devices: items are sorted by device, each device's go into the line as one submission, all at the same time, so that
/// they share its next append. A device that is unknown, revoked or too fast costs only its own items.
/// </summary>
internal static class GatewayBatch
{
    /// <summary>Verdicts in the order of the items; null when the line could not keep them: the whole batch may be sent again.</summary>
    public static async Task<(Verdict[]? Verdicts, Submission Failed)> SubmitAsync(
        IReadOnlyList<BatchItem> items, Func<string, DeviceLookup> find, DeviceReports line, CancellationToken cancellationToken)
    {
        var verdicts = new Verdict[items.Count];
        var groups = Sort(items, find, line, verdicts);
        var submissions = await Task.WhenAll(groups.Select(group =>
            line.SubmitAsync(group.Device, [.. group.Indexes.Select(i => items[i].Report)], "gateway", cancellationToken).AsTask()));
        for (var g = 0; g < groups.Count; g++)
        {
            if (submissions[g].Outcome == SubmissionOutcome.Unavailable)
            {
                return (null, submissions[g]);
            }

            for (var i = 0; i < groups[g].Indexes.Count; i++)
            {
                verdicts[groups[g].Indexes[i]] = submissions[g].Outcome == SubmissionOutcome.Taken
                    ? submissions[g].Verdicts[i]
                    : Refused(Refusal.RateLimited, "past the device's rate; send it again later");
            }
        }

        return (verdicts, default);
    }

    private static List<DeviceItems> Sort(IReadOnlyList<BatchItem> items, Func<string, DeviceLookup> find, DeviceReports line, Verdict[] verdicts)
    {
        var groups = new List<DeviceItems>();
        var known = new Dictionary<string, (DeviceLookup Answer, DeviceItems? Group)>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Device is not { } user)
            {
                var (reason, detail) = items[i].Report.Malformed is { } why ? (Refusal.Malformed, why) : (Refusal.UnknownDevice, "device is missing");
                verdicts[i] = Refused(reason, detail);
                line.CountRefused(null, reason);
                continue;
            }

            if (!known.TryGetValue(user, out var found))
            {
                var answer = find(user);
                found = (answer, answer.Status == LookupStatus.Found ? new DeviceItems(answer.Device!, []) : null);
                known[user] = found;
                if (found.Group is not null)
                {
                    groups.Add(found.Group);
                }
            }

            if (found.Group is { } group)
            {
                group.Indexes.Add(i);
                continue;
            }

            var refusal = found.Answer.Status == LookupStatus.Revoked ? Refusal.RevokedDevice : Refusal.UnknownDevice;
            verdicts[i] = Refused(refusal, refusal == Refusal.RevokedDevice ? "the device was revoked" : "your area has no device of that name");
            line.CountRefused(found.Answer.Device, refusal);
        }

        return groups;
    }

    private static Verdict Refused(Refusal refusal, string detail) => new(refusal, default, false, false, detail);

    private sealed record DeviceItems(Device Device, List<int> Indexes);
}

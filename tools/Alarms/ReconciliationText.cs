using System.Globalization;
using CommandCenter.Contracts.Alarms;

namespace CommandCenter.AlarmProof;

/// <summary>The reconciliation as lines of a terminal. What nobody acknowledged or closed yet is work that is left, and no loss.</summary>
internal static class ReconciliationText
{
    private const int MostListed = 20;

    /// <summary>True: nothing is missing.</summary>
    public static bool IsAccounted(AlarmReconciliation sum) =>
        sum.Answered == sum.Received && sum.Stored == sum.Received && sum.Shown == sum.Received && sum.Broken.Count == 0;

    public static IEnumerable<string> Lines(AlarmReconciliation sum)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"alarms that arrived {sum.From:yyyy-MM-dd HH:mm:ss zzz} - {sum.To:yyyy-MM-dd HH:mm:ss zzz}, with the presses that joined one");
        foreach (var (station, count) in new[]
        {
            ("received", sum.Received), ("answered", sum.Answered), ("stored", sum.Stored), ("shown", sum.Shown), ("acknowledged", sum.Acknowledged), ("closed", sum.Closed),
        })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {station,-14}{count,8}{(count < sum.Received ? $"  {sum.Received - count} missing" : "")}");
        }

        if (sum.MedianShownMilliseconds is { } median && sum.P99ShownMilliseconds is { } p99)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  from arrival to a wall: p50 {median:0} ms, p99 {p99:0} ms");
        }

        foreach (var line in Listed("not shown", sum.NotShown).Concat(Listed("not acknowledged", sum.NotAcknowledged)).Concat(Listed("LEDGER CHANGED", sum.Broken)))
        {
            yield return line;
        }

        yield return IsAccounted(sum) ? "Every alarm is accounted for." : "NOT every alarm is accounted for.";
    }

    private static IEnumerable<string> Listed(string what, IReadOnlyList<string> ids) =>
        ids.Take(MostListed).Select(id => $"  {what}: {id}").Concat(ids.Count > MostListed ? [string.Create(CultureInfo.InvariantCulture, $"  … and {ids.Count - MostListed} more {what}")] : []);
}

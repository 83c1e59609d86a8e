using CommandCenter.Contracts.Alarms;

namespace CommandCenter.Alarms;

/// <summary>Adds up which stations alarms reached. Each alarm counts with the presses that joined it, so that where nothing was lost all numbers are one.</summary>
internal static class ReconciliationRules
{
    private const int MostNamed = 100;

    /// <param name="from">Of arrival.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="stored">From PostgreSQL.</param>
    /// <param name="here">From the board, which may know more of some and some that are not stored yet.</param>
    /// <param name="keptFrom">Alarms that ended before are deleted.</param>
    public static AlarmReconciliation Sum(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyList<(AlarmState State, bool Intact)> stored, IEnumerable<AlarmState> here, DateTimeOffset keptFrom)
    {
        var alarms = stored.ToDictionary(alarm => alarm.State.Id, alarm => alarm.State);
        foreach (var alarm in here)
        {
            alarms[alarm.Id] = alarm;
        }

        var all = alarms.Values.OrderBy(alarm => alarm.ArrivedMs).ThenBy(alarm => alarm.Id).ToList();
        var waits = all.Where(alarm => alarm.ShownMs is not null).Select(alarm => (double)(alarm.ShownMs!.Value - alarm.ArrivedMs)).Order().ToList();
        var received = Presses(all);
        return new AlarmReconciliation(
            from,
            to,
            received,
            received,
            Presses(stored.Select(alarm => alarm.State)),
            Presses(all.Where(alarm => alarm.ShownMs is not null)),
            Presses(all.Where(IsAcknowledged)),
            Presses(all.Where(alarm => !alarm.IsOpen)),
            At(waits, 0.5),
            At(waits, 0.99),
            Ids(all.Where(alarm => alarm.ShownMs is null)),
            Ids(all.Where(alarm => !IsAcknowledged(alarm))),
            Ids(stored.Where(alarm => !alarm.Intact).Select(alarm => alarm.State)),
            keptFrom > from ? keptFrom : null,
            all.Count(alarm => alarm.ErasedMs is not null));
    }

    private static bool IsAcknowledged(AlarmState alarm) => alarm.AcknowledgedBy is not null;

    private static int Presses(IEnumerable<AlarmState> alarms) => alarms.Sum(alarm => 1 + alarm.Repeats);

    private static List<string> Ids(IEnumerable<AlarmState> alarms) => [.. alarms.Take(MostNamed).Select(alarm => alarm.Id.ToString("D"))];

    /// <summary>The nearest rank.</summary>
    private static double? At(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}

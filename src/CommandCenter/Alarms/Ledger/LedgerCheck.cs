namespace CommandCenter.Alarms.Ledger;

/// <summary>
/// Whether an alarm is what its ledger says: the chain holds, and folding the steps again ends in the alarm's row. Where words were deleted the steps still say where it stands, who
/// acknowledged it and when; only what the deleted words said of it cannot be held against the row.
/// </summary>
internal static class LedgerCheck
{
    public static bool IsIntact(AlarmRow row, IReadOnlyList<LedgerEntry> entries) =>
        LedgerChain.IsIntact(row.Id, entries, row.Entries, row.Head) && Follows(row, entries);

    /// <summary>Each head that was signed stands in the ledger, where it stood.</summary>
    public static bool IsAsSigned(IReadOnlyList<LedgerEntry> entries, IEnumerable<LedgerHead> signed) =>
        signed.All(head => head.Entries <= entries.Count && Convert.ToHexStringLower(entries[head.Entries - 1].Hash) == head.Hash);

    private static bool Follows(AlarmRow row, IReadOnlyList<LedgerEntry> entries)
    {
        AlarmState? state = null;
        var told = row.ToState();
        foreach (var entry in entries)
        {
            var step = entry.Payload is { } payload ? AlarmEvent.FromJson(payload) : WithoutWords(entry, told);
            if (step is null || step.Id != entry.EventId || step.AtMs != entry.AtMs || step.Step.Word() != entry.Step || step.By != entry.Actor)
            {
                return false;
            }

            state = AlarmFold.Apply(state, step);
        }

        if (state is null)
        {
            return false;
        }

        // What the sender called it is said in the first step alone, and nowhere in the row.
        var press = entries[0].Payload is null ? told.Press : state.Press with { Given = told.Press.Given };
        var level = IsGone(entries, AlarmStep.Escalated) ? told.Level : state.Level;
        return told == state with { Seen = told.Seen, Press = press, Level = level };
    }

    private static bool IsGone(IReadOnlyList<LedgerEntry> entries, AlarmStep step) => entries.Any(entry => entry.Payload is null && entry.Step == step.Word());

    /// <summary>The step as far as the ledger itself says it.</summary>
    private static AlarmEvent? WithoutWords(LedgerEntry entry, AlarmState told) => !AlarmWords.Steps.TryGetValue(entry.Step, out var step) ? null : new AlarmEvent
    {
        Id = entry.EventId,
        Alarm = entry.AlarmId,
        Step = step,
        AtMs = entry.AtMs,
        By = entry.Actor,
        Press = entry.Number == 1 ? told.Press : null,
    };
}

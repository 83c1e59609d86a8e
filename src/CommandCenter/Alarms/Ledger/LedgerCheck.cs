namespace CommandCenter.Alarms.Ledger;

/// <summary>Whether an alarm is what its ledger says: the chain holds, and folding the steps again ends in the alarm's row.</summary>
internal static class LedgerCheck
{
    public static bool IsIntact(AlarmRow row, IReadOnlyList<LedgerEntry> entries) =>
        LedgerChain.IsIntact(row.Id, entries, row.Entries, row.Head) && (entries.Any(entry => entry.Payload is null) || Follows(row, entries));

    /// <summary>Each head that was signed stands in the ledger, where it stood.</summary>
    public static bool IsAsSigned(IReadOnlyList<LedgerEntry> entries, IEnumerable<LedgerHead> signed) =>
        signed.All(head => head.Entries <= entries.Count && Convert.ToHexStringLower(entries[head.Entries - 1].Hash) == head.Hash);

    private static bool Follows(AlarmRow row, IReadOnlyList<LedgerEntry> entries)
    {
        AlarmState? state = null;
        foreach (var entry in entries)
        {
            var step = AlarmEvent.FromJson(entry.Payload!);
            if (step.Id != entry.EventId || step.AtMs != entry.AtMs || step.Step.Word() != entry.Step || step.By != entry.Actor)
            {
                return false;
            }

            state = AlarmFold.Apply(state, step);
        }

        // What the sender called it is said in the first step alone, and nowhere in the row.
        var told = row.ToState();
        return state is not null && told == state with { Seen = told.Seen, Press = state.Press with { Given = told.Press.Given } };
    }
}

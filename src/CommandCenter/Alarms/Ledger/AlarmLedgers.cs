using System.Globalization;
using CommandCenter.Alarms.Board;
using CommandCenter.Contracts.Alarms;
using CommandCenter.Storage;

namespace CommandCenter.Alarms.Ledger;

/// <summary>An alarm's ledger as people read it: what is stored, and after it the steps that wait in Redis to be.</summary>
public sealed class AlarmLedgers(AlarmReads reads, AlarmBoard board)
{
    /// <param name="alarm">Whose.</param>
    /// <param name="withoutWords">What was said is left out.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The entries, whether their hashes hold, and whether all of them are stored.</returns>
    public async Task<(IReadOnlyList<AlarmEntry> Entries, bool Intact, bool Stored)> ReadAsync(AlarmState alarm, bool withoutWords, CancellationToken cancellationToken)
    {
        var tail = board.TailOf(alarm.Id);
        try
        {
            var stored = await reads.LedgerAsync(alarm.Id, cancellationToken);
            var entries = (stored?.Entries ?? []).Select(entry => Entry(entry, withoutWords)).ToList();
            var there = (stored?.Entries ?? []).Select(entry => entry.EventId).ToHashSet();
            var waiting = Waiting(tail.Where(step => !there.Contains(step.Id)), entries.Count, withoutWords || (stored?.State ?? alarm).ErasedMs is not null);
            return ([.. entries, .. waiting], stored?.Intact ?? true, waiting.Count == 0);
        }
        catch (Exception e) when (BackendAway.Means(e))
        {
            return (Waiting(tail, 0, withoutWords || alarm.ErasedMs is not null), true, false);
        }
    }

    private static List<AlarmEntry> Waiting(IEnumerable<AlarmEvent> steps, int after, bool withoutWords) =>
        [.. steps.Select((step, n) => Told(new AlarmEntry(after + n + 1, AlarmTimes.Of(step.AtMs), step.Step.Word(), step.By, null, ""), step, withoutWords))];

    private static AlarmEntry Entry(LedgerEntry entry, bool withoutWords) => Told(
        new AlarmEntry(entry.Number, AlarmTimes.Of(entry.AtMs), entry.Step, entry.Actor, null, Convert.ToHexStringLower(entry.Hash), WordsDeleted: entry.Payload is null), StepOf(entry.Payload), withoutWords);

    private static AlarmEvent? StepOf(string? payload)
    {
        try
        {
            return payload is null ? null : AlarmEvent.FromJson(payload);
        }
        catch (InvalidDataException)
        {
            // Somebody changed it: the chain says so.
            return null;
        }
    }

    /// <summary>With what the step says.</summary>
    private static AlarmEntry Told(AlarmEntry entry, AlarmEvent? step, bool withoutWords) => step is null ? entry : entry with
    {
        By = step.SpokenBy ?? entry.By,
        Text = withoutWords ? null : TextOf(step),
        Via = step.Speaker is null ? null : step.Speaker.StartsWith('w') ? "phone" : "desk",
        AfterEnd = step.AfterEnd,
        Attachment = step.File is { } file && !withoutWords ? new AlarmAttachment(file.Id.ToString("D"), file.Name, file.Type, file.Size, file.Sha256) : null,
    };

    private static string? TextOf(AlarmEvent step) =>
        step.Step == AlarmStep.Escalated ? step.Level.ToString(CultureInfo.InvariantCulture) : step.Text ?? step.File?.Name ?? step.Press?.Note;
}

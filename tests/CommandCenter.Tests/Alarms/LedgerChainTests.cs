using CommandCenter.Alarms;
using CommandCenter.Alarms.Ledger;

namespace CommandCenter.Tests.Alarms;

public sealed class LedgerChainTests
{
    private static readonly AlarmEvent[] Life = [Steps.Raised(), Steps.Of(AlarmStep.Shown), Steps.Of(AlarmStep.Acknowledged), Steps.Of(AlarmStep.Resolved)];

    [Test]
    public void AWholeLedgerHoldsTogether() => Assert.That(IsIntact(Written()), Is.True);

    [Test]
    public void StepsThatCameTwiceAreWrittenOnce()
    {
        var batch = new LedgerBatch([], []);
        foreach (var step in Life.Concat(Life))
        {
            batch.Add(step);
        }

        Assert.That(batch.Entries.Select(entry => entry.Number), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(batch.Inserted.Single().State, Is.EqualTo("resolved"));
    }

    [Test]
    public void DeletingWhatWasSaidLeavesTheChain() => Assert.That(IsIntact(Written().ConvertAll(entry => Changed(entry, payload: null, salt: null))), Is.True);

    [Test]
    public void EveryChangeIsFoundOut([Values(0, 1, 2, 3)] int at)
    {
        Func<LedgerEntry, LedgerEntry>[] changes =
        [
            entry => Changed(entry, atMs: entry.AtMs + 1),
            entry => Changed(entry, step: "note"),
            entry => Changed(entry, actor: "somebody"),
            entry => Changed(entry, payload: entry.Payload!.Replace("alarm", "alarn", StringComparison.Ordinal)),
            entry => Changed(entry, salt: new byte[16]),
            entry => Changed(entry, number: entry.Number + 1),
            entry => Changed(entry, eventId: Guid.NewGuid()),
            entry => Changed(entry, hash: new byte[32]),
        ];
        foreach (var change in changes)
        {
            var entries = Written();
            entries[at] = change(entries[at]);
            Assert.That(IsIntact(entries), Is.False);
        }

        var fewer = Written();
        fewer.RemoveAt(at);
        Assert.That(LedgerChain.IsIntact(Steps.Alarm, fewer, 4, Written()[^1].Hash), Is.False);
    }

    [Test]
    public void WhoWroteNobodyIsNotWhoWroteNothing() => Assert.That(
        LedgerChain.Hash(LedgerChain.Start, Steps.Alarm, 1, Steps.Alarm, 0, "raised", null, []),
        Is.Not.EqualTo(LedgerChain.Hash(LedgerChain.Start, Steps.Alarm, 1, Steps.Alarm, 0, "raised", "", [])));

    private static bool IsIntact(List<LedgerEntry> entries) => LedgerChain.IsIntact(Steps.Alarm, entries, entries.Count, entries[^1].Hash);

    private static List<LedgerEntry> Written()
    {
        var batch = new LedgerBatch([], []);
        foreach (var step in Life)
        {
            batch.Add(step);
        }

        return batch.Entries;
    }

    private static readonly string Same = "\0same";

    private static LedgerEntry Changed(
        LedgerEntry was, long? atMs = null, string? step = null, string? actor = "\0same", string? payload = "\0same", byte[]? salt = null, int? number = null, Guid? eventId = null, byte[]? hash = null) => new()
        {
            AlarmId = was.AlarmId,
            Number = number ?? was.Number,
            EventId = eventId ?? was.EventId,
            Step = step ?? was.Step,
            AtMs = atMs ?? was.AtMs,
            Actor = actor == Same ? was.Actor : actor,
            PayloadSha256 = was.PayloadSha256,
            PrevHash = was.PrevHash,
            Hash = hash ?? was.Hash,
            Salt = salt ?? (payload is null ? null : was.Salt),
            Payload = payload == Same ? was.Payload : payload,
        };
}

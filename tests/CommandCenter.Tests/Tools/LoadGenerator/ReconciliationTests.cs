using CommandCenter.LoadGenerator.Load;
using CommandCenter.LoadGenerator.Runs;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class ReconciliationTests
{
    private static readonly Reconciliation Even = new() { Sent = 100, Accepted = 100, Stored = 100, LookedFor = 20 };

    [Test]
    public void IsSilentWhenAllAddsUp() => Assert.That(Even.Mismatches(), Is.Empty);

    [Test]
    public void NamesAnAcceptedFixThatIsNotStored() =>
        Assert.That((Even with { Stored = 99 }).Mismatches(), Is.EqualTo(new[] { "1 accepted fixes are not stored" }));

    [Test]
    public void NamesAFixThatIsStoredTwice() => Assert.That((Even with { Stored = 101 }).Mismatches(), Has.Count.EqualTo(1));

    [TestCase(90)]
    [TestCase(95)]
    [TestCase(100)]
    public void LeavesOpenWhatWasNotAnswered(long stored) =>
        Assert.That((Even with { Accepted = 90, Uncertain = 10, Stored = stored }).Mismatches(), Is.Empty);

    [TestCase(89)]
    [TestCase(101)]
    public void HoldsTheServerToItsAnswersAllTheSame(long stored) =>
        Assert.That((Even with { Accepted = 90, Uncertain = 10, Stored = stored }).Mismatches(), Has.Count.EqualTo(1));

    [Test]
    public void NamesARefusedFixWithItsReason() => Assert.That(
        (Even with { Accepted = 98, Stored = 98, Refused = 2, RefusedByReason = new Dictionary<string, long> { ["off-duty"] = 2 } }).Mismatches(),
        Is.EqualTo(new[] { "2 good fixes were refused: off-duty 2" }));

    [Test]
    public void NamesAWallThatShowsSomethingElse() =>
        Assert.That((Even with { NotShown = 3 }).Mismatches(), Is.EqualTo(new[] { "3 of 20 newest fixes are not what their wall shows" }));

    [Test]
    public void NamesASentFixThatHasNoAnswerAtAll() => Assert.That((Even with { Sent = 101 }).Mismatches(), Has.Count.EqualTo(1));

    [Test]
    public void KeepsTheNewestAcceptedFixOfEachWorkerWhateverTheOrderOfAnswers()
    {
        var ledger = new Ledger(3);
        ledger.Send(5);
        ledger.AcceptOne(2, 1_000);
        ledger.AcceptOne(0, 1_000);
        ledger.AcceptOne(0, 900);
        ledger.Refuse("malformed", 1);
        ledger.DoubtOne(1, 1_000);
        Assert.That(Enumerable.Range(0, 3).Select(ledger.NewestOf), Is.EqualTo(new[] { 1_000L, 0L, 1_000L }));
        Assert.That((ledger.Sent, ledger.Accepted, ledger.Refused, ledger.Uncertain), Is.EqualTo((5L, 3L, 1L, 1L)));
    }

    [TestCase(1_000, true, TestName = "MayShowTheNewestAcceptedFix")]
    [TestCase(2_000, true, TestName = "MayShowAYoungerOneThatWasLeftOpenAndKept")]
    [TestCase(900, false, TestName = "MayNotShowAnOlderOneThatWasLeftOpen")]
    [TestCase(3_000, false, TestName = "MayNotShowAYoungerOneThatWasNeverSent")]
    public void KnowsWhatAWallMayShow(long shown, bool may)
    {
        var ledger = new Ledger(1);
        ledger.AcceptOne(0, 1_000);
        ledger.DoubtOne(0, 900);
        ledger.DoubtOne(0, 2_000);
        Assert.That(ledger.MayShow(0, shown), Is.EqualTo(may));
    }
}

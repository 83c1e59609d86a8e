using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Faults;
using CommandCenter.Chaos.Fuzz;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;
using CommandCenter.Phones;
using CommandCenter.Tracks;

namespace CommandCenter.Tests.Tools;

/// <summary>The checks of <c>tools/Chaos</c> can fail, and its fuzzing finds nothing in the parsers of public input.</summary>
public sealed class ChaosChecksTests
{
    private const int Rounds = 20_000;
    private const int Seed = 20_261_122;

    private static readonly StoredCheck Nothing = new(0, 0, 0, 0, 0, 0, null);

    [Test]
    public void AnAnsweredFixThatIsNotStoredIsLost()
    {
        var found = Judge(new AnsweredFix(1_000, 5, 6, 1), []);
        Assert.That((found.Lost, found.IsWhole), Is.EqualTo((1L, false)));
        Assert.That(found.FirstLost, Does.Contain("YZ1"));
    }

    [Test]
    public void AFixStoredTwiceAfterOneTryIsADuplicate() =>
        Assert.That(Judge(new AnsweredFix(1_000, 5, 6, 1), [Stored(1_000), Stored(1_000)]).Duplicates, Is.EqualTo(1));

    [Test]
    public void AFixStoredTwiceAfterTwoTriesIsARepeatThatReadersSeeOnce()
    {
        var found = Judge(new AnsweredFix(1_000, 5, 6, 2), [Stored(1_000), Stored(1_000)]);
        Assert.That((found.Duplicates, found.Repeats, found.IsWhole), Is.EqualTo((0L, 1L, true)));
    }

    [Test]
    public void AFixStoredElsewhereIsChanged() =>
        Assert.That(Judge(new AnsweredFix(1_000, 5, 7, 1), [Stored(1_000)]).Changed, Is.EqualTo(1));

    [Test]
    public void AWallMustOwnUpToAnOldPictureOrToNone()
    {
        var words = new WallWords(2);
        words.Note(0, TimeSpan.FromSeconds(4));
        Assert.That(words.AllSaid(TimeSpan.FromSeconds(3)), Is.False, "the other says nothing old");
        words.Note(1, null);
        Assert.That(words.AllSaid(TimeSpan.FromSeconds(3)), Is.True);
        Assert.That(words.AllSaid(TimeSpan.FromSeconds(5)), Is.False);
    }

    [Test]
    public void FaultsHaveTheirNamesBothWays()
    {
        Assert.That(FaultNames.Parse(string.Join(',', FaultNames.All)), Is.EqualTo(Enum.GetValues<Fault>()));
        Assert.That(FaultNames.Parse("redis-kill,moon"), Is.Null);
    }

    [TestCaseSource(nameof(Targets))]
    public void NoDamagedInputBringsOutMoreThanIsDocumented(FuzzTarget target)
    {
        var result = FuzzRun.Run(target, Rounds, Seed);
        Assert.That(result.Finding, Is.Null);
        Assert.That(result.IsGood, Is.True, result.ToString());
    }

    [Test]
    public void AParserThatThrowsIsFound() =>
        Assert.That(FuzzRun.Run(new FuzzTarget("bad", [[1, 2, 3]], bytes => _ = bytes[5]), Rounds, Seed).Finding, Does.Contain(nameof(IndexOutOfRangeException)));

    private static IEnumerable<TestCaseData> Targets() => FuzzTargets.All.Select(target => new TestCaseData(target).SetArgDisplayNames(target.Name));

    private static StoredCheck Judge(AnsweredFix answered, List<Fix> stored)
    {
        var ledger = new Ledger([new ReportingWorker(1, "YZ1", 112, 37, new DeviceCredentials())]);
        ledger.Taken(0, answered.FixTimeMs);
        ledger.Keep(0, answered);
        return StoredCheck.Judge(Nothing, ledger, 0, stored);
    }

    private static Fix Stored(long time) => new() { DeviceId = 1, WorkerId = 1, FixTimeMs = time, LongitudeE7 = 5, LatitudeE7 = 6 };
}

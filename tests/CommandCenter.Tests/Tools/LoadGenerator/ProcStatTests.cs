using CommandCenter.LoadGenerator.Measuring;

namespace CommandCenter.Tests.Tools.LoadGenerator;

public sealed class ProcStatTests
{
    [Test]
    public void ReadsALineWhoseNameHoldsBracketsAndSpaces() => Assert.That(
        ProcStat.Parse("4711 (a) b (c) S 42 4711 4711 0 -1 4194560 100 200 0 0 250 50 7 3 20 0 1 0 999 1000 100 18446744073709551615"),
        Is.EqualTo(new ProcStat(42, 300, 10)));

    [TestCase("")]
    [TestCase("4711 (x) S 42")]
    public void KnowsWhatIsNoSuchLine(string line) => Assert.That(ProcStat.Parse(line), Is.Null);

    [Test]
    public void MeasuresThisProcess() =>
        Assert.That(new ProcessTree(Environment.ProcessId, withChildren: true).Read(), Has.Property("CpuSeconds").GreaterThan(0).And.Property("Bytes").GreaterThan(1_000_000));

    [Test]
    public void HasNothingOfAProcessThatIsNotKnown() => Assert.That(new ProcessTree(0, withChildren: true).Read(), Is.EqualTo(default(Reading)));
}

using CommandCenter.Http;

namespace CommandCenter.Tests.Http;

public sealed class CodesOfTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase(" , ,")]
    public void NothingIsNoCode(string? value) => Assert.That(Arguments.CodesOf(value), Is.Empty);

    [Test]
    public void EachIsThereOnceTrimmedAndAsItWasFirstWritten() => Assert.That(Arguments.CodesOf(" W-2,w-1,,W-1, w-2 "), Is.EqualTo(new[] { "W-2", "w-1" }));
}

using CommandCenter.Access.Kiosks;
using CommandCenter.Http;

namespace CommandCenter.Tests.Access;

public sealed class KioskRulesTests
{
    [Test]
    public void ShowsOnlyLettersAndDigitsThatNobodyConfuses() => Assert.That(
        Enumerable.Range(0, 500).Select(_ => KioskRules.NewCode()), Is.All.Match("^[A-HJKMNP-Z2-9]{6}$"));

    [TestCase("k7p4qx")]
    [TestCase(" K7P-4QX ")]
    [TestCase("K7 P4 QX")]
    public void TakesACodeHoweverItIsTyped(string typed)
    {
        var arguments = new Arguments();
        Assert.That(KioskRules.CheckCode(typed, arguments), Is.EqualTo("K7P4QX"));
        Assert.That(arguments.Problem, Is.Null);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("K7P4Q")]
    [TestCase("K7P4QXX")]
    [TestCase("K7P4Q0")]
    [TestCase("K7P4QI")]
    [TestCase("Ｋ7P4QX")]
    public void RefusesWhatNoDisplayShows(string? typed)
    {
        var arguments = new Arguments();
        KioskRules.CheckCode(typed, arguments);
        Assert.That(arguments.Problem, Is.Not.Null);
    }
}

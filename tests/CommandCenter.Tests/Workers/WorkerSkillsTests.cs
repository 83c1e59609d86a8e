using CommandCenter.Http;
using CommandCenter.Workers;

namespace CommandCenter.Tests.Workers;

public sealed class WorkerSkillsTests
{
    [TestCase("急救、消防", "急救|消防")]
    [TestCase(" first aid ; fire,driving", "first aid|fire|driving")]
    [TestCase("急救；急救，", "急救")]
    [TestCase("Fire/fire", "Fire")]
    [TestCase("", "")]
    public void ACellOfAFileIsReadAsPeopleWriteIt(string cell, string expected) =>
        Assert.That(string.Join('|', WorkerSkills.Parse(cell)!), Is.EqualTo(expected));

    [Test]
    public void TooManyTooLongOrUnreadableOnesAreRefused() => Assert.Multiple(() =>
    {
        Assert.That(WorkerSkills.Parse(string.Join(';', Enumerable.Range(0, WorkerSkills.Most + 1))), Is.Null);
        Assert.That(WorkerSkills.Parse(new string('x', WorkerSkills.MaxLength + 1)), Is.Null);
        Assert.That(WorkerSkills.Parse("a\u0007b"), Is.Null);
    });

    [TestCase("a", true)]
    [TestCase("a;b", false)]
    public void ASkillOfABodyHoldsNoSeparator(string skill, bool isAllowed)
    {
        var arguments = new Arguments();

        WorkerSkills.Check([skill], arguments);

        Assert.That(arguments.Problem is null, Is.EqualTo(isAllowed), "or a file would not give it back");
    }

    [Test]
    public void NoneGivenIsNotNone() => Assert.Multiple(() =>
    {
        Assert.That(WorkerSkills.Check(null, new Arguments()), Is.Null);
        Assert.That(WorkerSkills.Check([], new Arguments()), Is.Empty);
    });
}

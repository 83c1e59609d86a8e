using CommandCenter.Jobs;

namespace CommandCenter.Tests.Jobs;

public sealed class JobListTests
{
    [TestCase("")]
    [TestCase("runs")]
    [TestCase("Coverage")]
    [TestCase("cover age")]
    public void RefusesANameThatNoAddressCouldHave(string name) => Assert.Throws<InvalidOperationException>(() => _ = new JobList([Of(name)]));

    [Test]
    public void RefusesANameTwice() => Assert.Throws<ArgumentException>(() => _ = new JobList([Of("coverage"), Of("coverage")]));

    [Test]
    public void ACauseIsToldAsFarDownAsItGoesWithinBounds()
    {
        Assert.That(
            JobRunner.Cause(new InvalidOperationException("no rows", new TimeoutException("no answer"))),
            Is.EqualTo("InvalidOperationException: no rows\nTimeoutException: no answer"));
        Assert.That(JobRunner.Cause(new InvalidOperationException(new string('x', 10_000))), Has.Length.EqualTo(2_000));
    }

    private static JobRegistration Of(string name) => new(new JobPlan(name, [], TimeSpan.FromHours(1)), typeof(IWindowJob));
}

using CommandCenter.Alarms;

namespace CommandCenter.Tests.Alarms;

public sealed class AlarmOptionsTests
{
    [Test]
    public void WordsAreKeptNoLongerThanTheirAlarms()
    {
        var failed = new AlarmOptionsValidation().Validate(null, new AlarmOptions { KeepWordsDays = 400, KeepDays = 399 });
        Assert.That(failed.FailureMessage, Does.Contain("Alarms:KeepWordsDays").And.Contains("399"));
        Assert.That(new AlarmOptionsValidation().Validate(null, new AlarmOptions()).Succeeded, Is.True);
    }
}

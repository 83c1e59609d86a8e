using CommandCenter.Alarms;
using CommandCenter.Alarms.Escalation;

namespace CommandCenter.Tests.Alarms;

public sealed class EscalationRulesTests
{
    private static readonly EscalationOptions Usual = new();

    [TestCase(1, 30)]
    [TestCase(2, 60)]
    [TestCase(3, 120)]
    [TestCase(60, 3_540)]
    public void ALevelIsDueSecondsAfterTheArrival(int level, int seconds) =>
        Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised()), level, Usual), Is.EqualTo(Steps.RaisedMs + (seconds * 1_000L)));

    [Test]
    public void PastTheLastThereIsNone() => Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised()), 61, Usual), Is.Null);

    [Test]
    public void WhatIsAcknowledgedOrOfLowPriorityDoesNot()
    {
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Acknowledged)), Usual), Is.Null);
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised(kind: AlarmKind.Information)), Usual), Is.Null);
    }

    [Test]
    public void AKindMayHaveItsOwnTimeOrNone()
    {
        var options = new EscalationOptions { FirstSecondsOfKind = { ["information"] = "300", ["sos"] = "0" } };
        Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised(kind: AlarmKind.Information)), 2, options), Is.EqualTo(Steps.RaisedMs + 330_000));
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised()), options), Is.Null);
    }

    [Test]
    public void WhoWasAwayForAnHourEscalatesOnceToWhereItShouldBe()
    {
        var state = Steps.Fold(Steps.Raised());
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 29_999, Usual), Is.Zero);
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 30_000, Usual), Is.EqualTo(1));
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 130_000, Usual), Is.EqualTo(3));
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 36_000_000, Usual), Is.EqualTo(60));
    }

    [Test]
    public void WrongSettingsAreNamed()
    {
        var wrong = new EscalationOptions { FirstSeconds = 60, SecondSeconds = 60, FirstSecondsOfKind = { ["fire"] = "5", ["sos"] = "soon" } };
        Assert.That(new EscalationOptionsValidation().Validate(null, wrong).Failures, Has.Exactly(3).Items);
        Assert.That(new EscalationOptionsValidation().Validate(null, Usual).Succeeded, Is.True);
    }
}

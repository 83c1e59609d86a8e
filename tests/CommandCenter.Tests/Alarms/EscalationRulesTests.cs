using CommandCenter.Alarms;
using CommandCenter.Alarms.Escalation;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;

namespace CommandCenter.Tests.Alarms;

public sealed class EscalationRulesTests
{
    private static readonly EscalationOptions Usual = new();
    private static readonly AreaTree Tree = new([Area(1, "140106", null), Area(10, "140106001", 1), Area(20, "140106002", 1)], 1);

    [TestCase(1, 30)]
    [TestCase(2, 60)]
    [TestCase(3, 120)]
    [TestCase(60, 3_540)]
    public void ALevelIsDueSecondsAfterTheArrival(int level, int seconds) =>
        Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised()), level, Usual, Tree), Is.EqualTo(Steps.RaisedMs + (seconds * 1_000L)));

    [TestCase(0, null)]
    [TestCase(1, "140106001")]
    [TestCase(2, "140106")]
    [TestCase(7, "140106")]
    public void FirstItIsTheSubdistrictsTurnThenTheDistricts(int level, string? desk)
    {
        var tree = new AreaTree(
            [
                Area(1, "140106", null) with { Kind = AreaKind.District }, Area(10, "140106001", 1), Area(11, "140106001001", 10) with { Kind = AreaKind.Community },
            ],
            1);
        var raised = Steps.Raised();
        var alarm = Steps.Fold(raised with { Press = raised.Press! with { HomeAreaId = 1, PlaceAreaId = 11 } }) with { Level = level };

        Assert.That(EscalationRules.DeskOf(alarm, tree)?.Area.Code, Is.EqualTo(desk));
    }

    [Test]
    public void PastTheLastThereIsNone() => Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised()), 61, Usual, Tree), Is.Null);

    [Test]
    public void WhatIsAcknowledgedOrOfLowPriorityDoesNot()
    {
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Acknowledged)), Usual, Tree), Is.Null);
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised(kind: AlarmKind.Information)), Usual, Tree), Is.Null);
    }

    [Test]
    public void AKindMayHaveItsOwnTimeOrNone()
    {
        var options = new EscalationOptions { FirstSecondsOfKind = { ["information"] = "300", ["sos"] = "0" } };
        Assert.That(EscalationRules.DueMs(Steps.Fold(Steps.Raised(kind: AlarmKind.Information)), 2, options, Tree), Is.EqualTo(Steps.RaisedMs + 330_000));
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised()), options, Tree), Is.Null);
    }

    [Test]
    public void AnAreaMayHaveItsOwnTimeAndThatOfThePlaceGoesFirst()
    {
        var options = new EscalationOptions { FirstSecondsOfArea = { ["140106"] = "10", ["140106001"] = "20" } };
        var atHome = Steps.Fold(Steps.Raised());
        var away = atHome with { Press = atHome.Press with { PlaceAreaId = 20 } };

        Assert.That(EscalationRules.DueMs(atHome, 1, options, Tree), Is.EqualTo(Steps.RaisedMs + 20_000));
        Assert.That(EscalationRules.DueMs(away, 1, options, Tree), Is.EqualTo(Steps.RaisedMs + 10_000));
        Assert.That(EscalationRules.Next(Steps.Fold(Steps.Raised(kind: AlarmKind.Information)), options, Tree), Is.Null, "what does not escalate anywhere does not there");
    }

    [Test]
    public void WhoWasAwayForAnHourEscalatesOnceToWhereItShouldBe()
    {
        var state = Steps.Fold(Steps.Raised());
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 29_999, Usual, Tree), Is.Zero);
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 30_000, Usual, Tree), Is.EqualTo(1));
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 130_000, Usual, Tree), Is.EqualTo(3));
        Assert.That(EscalationRules.LevelAt(state, Steps.RaisedMs + 36_000_000, Usual, Tree), Is.EqualTo(60));
    }

    [Test]
    public void WrongSettingsAreNamed()
    {
        var wrong = new EscalationOptions { FirstSeconds = 60, SecondSeconds = 60, FirstSecondsOfKind = { ["fire"] = "5", ["sos"] = "soon" } };
        Assert.That(new EscalationOptionsValidation().Validate(null, wrong).Failures, Has.Exactly(3).Items);
        Assert.That(new EscalationOptionsValidation().Validate(null, Usual).Succeeded, Is.True);
    }

    private static Area Area(int id, string code, int? parent) => new(id, code, code, null, AreaKind.Subdistrict, null, parent, null);
}

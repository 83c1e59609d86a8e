using CommandCenter.Alarms;
using CommandCenter.Alarms.Escalation;
using FsCheck;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Alarms;

public sealed class AlarmFoldTests
{
    private static readonly Gen<AlarmEvent> AnyStep =
        from step in Gen.Elements(Enum.GetValues<AlarmStep>().Where(step => step != AlarmStep.Raised).ToArray())
        from second in Gen.Choose(0, 30)
        from which in Gen.Choose(0, 5)
        select Steps.Of(step, second, $"u{which}", $"{second}/{which}");

    private static readonly Arbitrary<(AlarmEvent[] Steps, int Seed)> Lives =
        (from steps in Gen.ArrayOf(AnyStep, 25)
         from seed in Gen.Choose(0, int.MaxValue - 1)
         select (steps.DistinctBy(step => step.Id).Prepend(Steps.Raised()).ToArray(), seed)).ToArbitrary();

    [Test]
    public void AnyDoublingOfStepsEndsInTheSameAlarm() => Prop.ForAll(Lives, life =>
    {
        var random = new Random(life.Seed);
        var doubled = new List<AlarmEvent>();
        foreach (var step in life.Steps)
        {
            doubled.Add(step);
            while (random.Next(2) == 0)
            {
                doubled.Add(doubled[random.Next(doubled.Count)]);
            }
        }

        return Same(Steps.Fold(life.Steps), Steps.Fold(doubled));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void WhatIsOverStaysOverUnlessItIsOpenedAgain() => Prop.ForAll(Lives, life =>
    {
        AlarmState? state = null;
        foreach (var step in life.Steps)
        {
            var next = AlarmFold.Apply(state, step);
            if (state is { IsOpen: false }
                && next!.Stage != state.Stage
                && step.Step is not (AlarmStep.Reopened or AlarmStep.Joined))
            {
                return false;
            }

            state = next;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void EveryStepIsSeenAndCountedOnce() => Prop.ForAll(Lives, life =>
    {
        var state = Steps.Fold(life.Steps);
        return state.Seen.Count == life.Steps.Length && state.Version == life.Steps.Count(step => step.Step != AlarmStep.Shown);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void WhoAcknowledgesFirstStands()
    {
        var state = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Acknowledged, 3, "a", "1"), Steps.Of(AlarmStep.Acknowledged, 2, "b", "2"));

        Assert.That((state.Stage, state.AcknowledgedBy, state.AcknowledgedMs), Is.EqualTo((AlarmStage.Acknowledged, "a", (long?)Steps.RaisedMs + 3_000)));
    }

    [Test]
    public void NothingIsAnAlarmThatWasNotRaised() => Assert.That(AlarmFold.Apply(null, Steps.Of(AlarmStep.Acknowledged)), Is.Null);

    [Test]
    public void WhoAcknowledgesWhatWasSentForAtOnceIsKeptWithoutGoingBack()
    {
        var state = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Assigned), Steps.Of(AlarmStep.Acknowledged, 3, "a"));

        Assert.That((state.Stage, state.AcknowledgedBy), Is.EqualTo((AlarmStage.Assigned, "a")));
    }

    [Test]
    public void AnAcknowledgedOneEscalatesNoMore()
    {
        var state = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Escalated, 1), Steps.Of(AlarmStep.Acknowledged), Steps.Of(AlarmStep.Escalated, 2, of: "2"));

        Assert.That(state.Level, Is.EqualTo(1));
    }

    [Test]
    public void OpenedAgainItIsUnansweredAndItsClockBeginsAnew()
    {
        var state = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Escalated, 1), Steps.Of(AlarmStep.Acknowledged), Steps.Of(AlarmStep.Resolved, 50), Steps.Of(AlarmStep.Reopened, 60));

        Assert.Multiple(() =>
        {
            Assert.That(state.IsUnanswered, Is.True);
            Assert.That((state.Level, state.Reopened, state.AcknowledgedBy, state.ClosedMs), Is.EqualTo((0, 1, (string?)null, (long?)null)));
            Assert.That(state.ClockMs, Is.EqualTo(Steps.RaisedMs + 60_000));
            Assert.That(state.ArrivedMs, Is.EqualTo(Steps.RaisedMs));
        });
    }

    [Test]
    public void WhenNobodyComesItWaitsForAnAnswerAgain() => Assert.Multiple(() =>
    {
        var unanswered = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Escalated, 1), Steps.Of(AlarmStep.Assigned, 5), Steps.Of(AlarmStep.Unassigned, 70));
        Assert.That((unanswered.IsUnanswered, unanswered.Level, unanswered.ClockMs), Is.EqualTo((true, 0, Steps.RaisedMs + 70_000)), "and escalates again");
        Assert.That(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Acknowledged), Steps.Of(AlarmStep.Assigned), Steps.Of(AlarmStep.Unassigned, 70)).Stage, Is.EqualTo(AlarmStage.Acknowledged));
        Assert.That(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Assigned), Steps.Of(AlarmStep.OnScene), Steps.Of(AlarmStep.Unassigned, 70)).Stage, Is.EqualTo(AlarmStage.OnScene));
    });

    [Test]
    public void AfterNobodyCameTheLevelsAreNewSteps()
    {
        var first = EscalationRules.StepId(Steps.Fold(Steps.Raised()), 1);
        var before = new[] { Steps.Raised(), Steps.Of(AlarmStep.Escalated, 1) with { Id = first, Level = 1 }, Steps.Of(AlarmStep.Assigned, 5), Steps.Of(AlarmStep.Unassigned, 70) };
        var waiting = Steps.Fold(before);
        var again = EscalationRules.StepId(waiting, 1);

        Assert.That(waiting.Seen, Does.Not.Contain(again));
        Assert.That(Steps.Fold([.. before, Steps.Of(AlarmStep.Escalated, 100) with { Id = again, Level = 1 }]).Level, Is.EqualTo(1), "and is no old news");
    }

    [Test]
    public void WhoIsSentAfterSomebodyArrivedTakesNothingBack() =>
        Assert.That(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.OnScene), Steps.Of(AlarmStep.Assigned, 9)).Stage, Is.EqualTo(AlarmStage.OnScene));

    [Test]
    public void APressThatJoinsWhatWasJustClosedOpensIt() =>
        Assert.That(Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Resolved), Steps.Of(AlarmStep.Joined, 2)), Has.Property(nameof(AlarmState.Stage)).EqualTo(AlarmStage.Raised));

    [Test]
    public void AnotherSendersAlarmOfTheSameIdHasItsOwn()
    {
        var second = Steps.Raised("d2");

        Assert.Multiple(() =>
        {
            Assert.That(AlarmFold.AlarmOf(second, owner: null), Is.EqualTo(Steps.Alarm));
            Assert.That(AlarmFold.AlarmOf(second, owner: "d2"), Is.EqualTo(Steps.Alarm));
            Assert.That(AlarmFold.AlarmOf(second, owner: "d1"), Is.EqualTo(AlarmIds.Own("d2", Steps.Alarm)).And.Not.EqualTo(Steps.Alarm));
        });
    }

    [Test]
    public void AStepIsReadAsItWasWritten()
    {
        foreach (var step in Enum.GetValues<AlarmStep>().Select(step => Steps.Of(step)).Append(Steps.Raised()))
        {
            Assert.That(AlarmEvent.FromJson(step.ToJson()), Is.EqualTo(step));
        }

        Assert.That(() => AlarmEvent.FromJson("rubbish"), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => AlarmEvent.FromJson("{\"step\":\"dance\"}"), Throws.InstanceOf<InvalidDataException>());
    }

    private static bool Same(AlarmState a, AlarmState b) => a.Seen.SetEquals(b.Seen) && a with { Seen = [] } == b with { Seen = [] };
}

using CommandCenter.Dispatch.Assignments;
using static CommandCenter.Dispatch.Assignments.AssignmentState;

namespace CommandCenter.Tests.Dispatch;

public sealed class AssignmentRulesTests
{
    [Test]
    public void ALaterStateSetsThoseInBetween() =>
        Assert.That(AssignmentRules.Steps(Dispatched, OnScene, AssignmentActor.Phone), Is.EqualTo(new[] { Accepted, EnRoute, OnScene }));

    [Test]
    public void TheSameAgainIsNoStep() => Assert.That(AssignmentRules.Steps(EnRoute, EnRoute, AssignmentActor.Phone), Is.Empty);

    [TestCase(OnScene, EnRoute)]
    [TestCase(Cleared, OnScene)]
    [TestCase(Cancelled, Accepted)]
    [TestCase(EnRoute, Declined)]
    [TestCase(Accepted, Dispatched)]
    public void NothingGoesBack(AssignmentState from, AssignmentState to) => Assert.That(AssignmentRules.Steps(from, to, AssignmentActor.Dispatcher), Is.Null);

    [TestCase(Dispatched, Cancelled, AssignmentActor.Phone)]
    [TestCase(Dispatched, NoAnswer, AssignmentActor.Dispatcher)]
    [TestCase(Dispatched, Accepted, AssignmentActor.Clock)]
    public void EachSetsOnlyWhatIsTheirs(AssignmentState from, AssignmentState to, AssignmentActor actor) => Assert.That(AssignmentRules.Steps(from, to, actor), Is.Null);

    [Test]
    public void WhoAnswersLateIsStillWelcome() => Assert.That(AssignmentRules.Steps(NoAnswer, Accepted, AssignmentActor.Phone), Is.EqualTo(new[] { Accepted }));

    [Test]
    public void WhateverIsAskedNoStateIsSkippedAndNoneFollowsTheEnd()
    {
        foreach (var from in Enum.GetValues<AssignmentState>())
        {
            foreach (var to in Enum.GetValues<AssignmentState>())
            {
                foreach (var actor in Enum.GetValues<AssignmentActor>())
                {
                    var steps = AssignmentRules.Steps(from, to, actor);
                    if (steps is not { Count: > 0 })
                    {
                        continue;
                    }

                    Assert.That(steps[^1], Is.EqualTo(to));
                    Assert.That(from.IsOpen() || (from == NoAnswer && to == Accepted), $"{from} is over");
                    if (to <= Cleared && from != NoAnswer)
                    {
                        Assert.That(steps.Prepend(from).Zip(steps), Has.All.Matches<(AssignmentState Before, AssignmentState After)>(pair => pair.After - pair.Before == 1));
                    }
                }
            }
        }
    }
}

using CommandCenter.Alarms;

namespace CommandCenter.Tests.Alarms;

public sealed class ReconciliationRulesTests
{
    private static readonly DateTimeOffset From = AlarmTimes.Of(Steps.RaisedMs);

    [Test]
    public void AnAlarmCountsWithThePressesThatJoinedIt()
    {
        var alarm = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Joined), Steps.Of(AlarmStep.Shown, 2), Steps.Of(AlarmStep.Acknowledged));
        var sum = ReconciliationRules.Sum(From, From.AddDays(1), [(alarm, true)], [alarm], From);

        Assert.That((sum.Received, sum.Answered, sum.Stored, sum.Shown, sum.Acknowledged, sum.Closed), Is.EqualTo((2, 2, 2, 2, 2, 0)));
        Assert.That((sum.MedianShownMilliseconds, sum.P99ShownMilliseconds), Is.EqualTo((2_000.0, 2_000.0)));
        Assert.That(sum.NotShown.Concat(sum.NotAcknowledged).Concat(sum.Broken), Is.Empty);
    }

    [Test]
    public void WhatReachedNoStationIsNamed()
    {
        var alarm = Steps.Fold(Steps.Raised());
        var id = Steps.Alarm.ToString("D");
        var sum = ReconciliationRules.Sum(From, From.AddDays(1), [], [alarm], From);

        Assert.That((sum.Received, sum.Stored), Is.EqualTo((1, 0)));
        Assert.That((sum.NotShown.Single(), sum.NotAcknowledged.Single(), sum.MedianShownMilliseconds), Is.EqualTo((id, id, (double?)null)));
        Assert.That(ReconciliationRules.Sum(From, From.AddDays(1), [(alarm, false)], [], From).Broken.Single(), Is.EqualTo(id));
    }

    [Test]
    public void WhatIsPastItsKeepingIsToldAndNotMissed()
    {
        var erased = Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Resolved), Steps.Of(AlarmStep.Erased, 2));
        Assert.That(ReconciliationRules.Sum(From, From.AddDays(1), [(erased, true)], [], From).KeptFrom, Is.Null);
        var sum = ReconciliationRules.Sum(From, From.AddDays(1), [(erased, true)], [], From.AddHours(1));
        Assert.That((sum.KeptFrom, sum.Erased, sum.Broken.Count), Is.EqualTo((From.AddHours(1), 1, 0)));
    }
}

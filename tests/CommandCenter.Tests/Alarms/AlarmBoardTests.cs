using CommandCenter.Alarms;
using CommandCenter.Alarms.Board;
using CommandCenter.Positions.Log;

namespace CommandCenter.Tests.Alarms;

public sealed class AlarmBoardTests
{
    private readonly List<AlarmState> _told = [];

    [SetUp]
    public void Clear() => _told.Clear();

    [Test]
    public void AReaderIsToldEachChangeOnceAndInOrder()
    {
        var board = new AlarmBoard();
        using var watch = board.Watch();
        board.Apply([Steps.Raised(), Steps.Raised(), Steps.Of(AlarmStep.Shown), Steps.Of(AlarmStep.Acknowledged), Steps.Of(AlarmStep.Resolved)]);

        Assert.That(watch.Take(_told), Is.False);
        Assert.That(_told.Select(alarm => alarm.Stage), Is.EqualTo(new[] { AlarmStage.Raised, AlarmStage.Acknowledged, AlarmStage.Resolved }), "that it was drawn is no change");
    }

    [Test]
    public void ASlowReaderIsToldThatItMissedSomeAndDelaysNobody()
    {
        var board = new AlarmBoard();
        using var slow = board.Watch();
        using var quick = board.Watch();
        board.Apply([Steps.Raised()]);
        for (var i = 0; i < 2_000; i++)
        {
            board.Apply([Steps.Of(AlarmStep.Note, of: $"{i}")]);
            Assert.That(quick.Take(_told), Is.False);
        }

        Assert.That(slow.Take(_told), Is.True);
        Assert.That(slow.Take(_told), Is.False);
    }

    [Test]
    public void WhatIsStoredAddsToWhatTheLogSaidAndTakesNothingAway()
    {
        var board = new AlarmBoard();
        board.Apply([Steps.Raised(), Steps.Of(AlarmStep.Acknowledged)], new LogPosition(5, 0));
        board.Load([Steps.Fold(Steps.Raised())]);
        Assert.That(board.Find(Steps.Alarm)!.Stage, Is.EqualTo(AlarmStage.Acknowledged));

        board.Load([Steps.Fold(Steps.Raised(), Steps.Of(AlarmStep.Joined))]);
        Assert.That((board.Find(Steps.Alarm)!.Stage, board.Find(Steps.Alarm)!.Repeats), Is.EqualTo((AlarmStage.Acknowledged, 1)));
    }

    [Test]
    public void OnlyWhatIsClosedAndStoredIsForgotten()
    {
        var board = new AlarmBoard();
        board.Apply([Steps.Raised(), Steps.Of(AlarmStep.Resolved)], new LogPosition(5, 0));
        board.Forget(long.MaxValue);
        Assert.That(board.Find(Steps.Alarm), Is.Not.Null, "not stored");
        board.Stored(new LogPosition(5, 0));
        board.Forget(Steps.RaisedMs);
        Assert.That(board.Find(Steps.Alarm), Is.Not.Null, "closed later");
        board.Forget(long.MaxValue);
        Assert.That(board.Find(Steps.Alarm), Is.Null);
        Assert.That(board.FindByStep(Steps.Raised().Id), Is.Null);
    }

    [Test]
    public void TwoSendersOfOneIdAreTwoAlarms()
    {
        var board = new AlarmBoard();
        board.Apply([Steps.Raised("d1"), Steps.Raised("d2"), Steps.Raised("d1"), Steps.Raised("d2")]);

        Assert.That(board.All().Select(alarm => alarm.Press.Source), Is.EquivalentTo(new[] { "d1", "d2" }));
        Assert.That(board.FindByStep(Steps.Raised("d2").Id)!.Id, Is.EqualTo(AlarmIds.Own("d2", Steps.Alarm)));
    }
}

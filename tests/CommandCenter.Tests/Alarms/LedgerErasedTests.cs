using CommandCenter.Alarms;
using CommandCenter.Alarms.Ledger;

namespace CommandCenter.Tests.Alarms;

/// <summary>What is left of an alarm whose words were deleted, and what can still be proven of it.</summary>
public sealed class LedgerErasedTests
{
    private static readonly AlarmEvent[] Life =
        [Steps.Raised(), Steps.Of(AlarmStep.Shown), Steps.Of(AlarmStep.Escalated, 2, by: null), Steps.Of(AlarmStep.Acknowledged, 3), Steps.Of(AlarmStep.Resolved, 4), Steps.Of(AlarmStep.Erased, 5)];

    [Test]
    public void NobodyAndNoPlaceIsLeftAndTheRestStands()
    {
        var (before, after) = (Steps.Fold(Life.SkipLast(1)), Steps.Fold(Life));

        Assert.Multiple(() =>
        {
            Assert.That(after.ErasedMs, Is.EqualTo(Life[^1].AtMs));
            Assert.That((after.Press.WorkerId, after.Press.Worker, after.Press.DeviceId, after.Press.Note), Is.EqualTo(((int?)null, (string?)null, (int?)null, (string?)null)));
            Assert.That((after.Press.Longitude, after.Press.Latitude, after.Press.AccuracyMeters, after.Press.Source), Is.EqualTo(((double?)null, (double?)null, (double?)null, "")));
            Assert.That((after.Stage, after.AcknowledgedBy, after.ClosedMs, after.Press.HomeAreaId), Is.EqualTo((before.Stage, before.AcknowledgedBy, before.ClosedMs, before.Press.HomeAreaId)));
            Assert.That(AlarmWithout.People(after.Press), Is.EqualTo(after.Press), "twice is once");
        });
    }

    [Test]
    public void WordsThatComeAfterwardsAreNotKeptButTheirHashIs()
    {
        var batch = Written([.. Life, Steps.Of(AlarmStep.Note, 6) with { Text = "YZ-0001 cleared" }, Steps.Of(AlarmStep.Shown, 7, of: "2")]);

        Assert.That(batch.Entries.Select(entry => entry.Payload is not null), Is.EqualTo(new[] { true, true, true, true, true, true, false, true }));
        Assert.That(batch.Entries[6].PayloadSha256, Has.Length.EqualTo(32));
    }

    [Test]
    public void AnErasedAlarmIsIntact() => Assert.That(IsIntact(Written(Life)), Is.True);

    [Test]
    public void WhatTheStepsSayWithoutTheirWordsIsStillHeldAgainstTheRow()
    {
        Func<AlarmState, AlarmState>[] forged =
        [
            state => state with { AcknowledgedBy = "somebody" },
            state => state with { Stage = AlarmStage.FalseAlarm },
            state => state with { ClosedMs = state.ClosedMs + 1 },
            state => state with { ShownMs = null },
            state => state with { Level = 7 },
            state => state with { ErasedMs = null },
        ];

        foreach (var change in forged)
        {
            Assert.That(IsIntact(Written(Life), change), Is.False);
        }
    }

    private static LedgerBatch Written(IEnumerable<AlarmEvent> steps)
    {
        var batch = new LedgerBatch([], []);
        foreach (var step in steps)
        {
            batch.Add(step);
        }

        return batch;
    }

    /// <summary>As it is after the words of people were deleted.</summary>
    private static bool IsIntact(LedgerBatch batch, Func<AlarmState, AlarmState>? change = null)
    {
        var row = batch.Inserted.Single();
        var entries = batch.Entries.ConvertAll(entry => AlarmWithout.StepsOfNobody.Contains(entry.Step) ? entry : WithoutWords(entry));
        return LedgerCheck.IsIntact(AlarmRow.Of((change ?? (state => state))(row.ToState()), row.Entries, row.Head), entries);
    }

    private static LedgerEntry WithoutWords(LedgerEntry was) => new()
    {
        AlarmId = was.AlarmId,
        Number = was.Number,
        EventId = was.EventId,
        Step = was.Step,
        AtMs = was.AtMs,
        Actor = was.Actor,
        PayloadSha256 = was.PayloadSha256,
        PrevHash = was.PrevHash,
        Hash = was.Hash,
    };
}

using CommandCenter.Positions;
using CommandCenter.Positions.Refusals;

namespace CommandCenter.Tests.Positions.Refusals;

public sealed class RefusalLogTests
{
    [Test]
    public void AddsUpPerDeviceAndReasonAndKeepsTheLatest()
    {
        var log = new RefusalLog();
        log.Add(1, Refusal.TooOld, 1, 100, "first");
        log.Add(1, Refusal.TooOld, 2, 300, "second");
        log.Add(1, Refusal.TooOld, 1, 200, "arrived between");
        log.Add(1, Refusal.OffDuty, 1, 50, null);
        log.Add(2, Refusal.TooOld, 1, 400, null);
        var counts = log.Drain().Counts;
        Assert.That(counts, Has.Count.EqualTo(3));
        Assert.That(counts[new(1, Refusal.TooOld)], Is.EqualTo(new RefusalCount(4, 300, "second")));
    }

    [Test]
    public void DrainingStartsAfresh()
    {
        var log = new RefusalLog();
        log.Add(1, Refusal.TooOld, 1, 100, null);
        log.Seen(1, 100);
        Assert.That(log.Drain().IsEmpty, Is.False);
        Assert.That(log.Drain().IsEmpty, Is.True);
    }

    [Test]
    public void WhatCouldNotBeStoredIsAddedToWhatCameMeanwhile()
    {
        var log = new RefusalLog();
        log.Add(1, Refusal.TooOld, 3, 100, "old");
        log.Seen(1, 100);
        var failed = log.Drain();
        log.Add(1, Refusal.TooOld, 1, 200, "new");
        log.Seen(1, 200);
        log.Return(failed);
        var batch = log.Drain();
        Assert.That(batch.Counts[new(1, Refusal.TooOld)], Is.EqualTo(new RefusalCount(4, 200, "new")));
        Assert.That(batch.LastHeardMs[1], Is.EqualTo(200));
    }

    [Test]
    public void IsBoundedAndCountsWhatItLost()
    {
        var log = new RefusalLog(capacity: 10);
        for (var device = 0; device < 15; device++)
        {
            log.Add(device, Refusal.Malformed, 2, 1, null);
            log.Seen(device, 1);
        }

        log.Add(0, Refusal.Malformed, 1, 1, null);
        var batch = log.Drain();
        Assert.That((batch.Counts.Count, batch.LastHeardMs.Count, log.Lost), Is.EqualTo((10, 10, 10L)));
        Assert.That(batch.Counts[new(0, Refusal.Malformed)].Count, Is.EqualTo(3));
    }

    [Test]
    public void TheMoreDevicesThereAreTheLessOftenAContactIsNoted()
    {
        var log = new RefusalLog();
        for (var device = 0; device < 10_000; device++)
        {
            log.Seen(device, 1_000);
        }

        Assert.That(log.Drain().LastHeardMs, Has.Count.EqualTo(10_000));
        log.Seen(7, 1_000 + 19_999);
        Assert.That(log.Drain().IsEmpty, Is.True);
        log.Seen(7, 1_000 + 20_000);
        Assert.That(log.Drain().LastHeardMs[7], Is.EqualTo(21_000));
    }

    [Test]
    public void ClipsLongDetails()
    {
        var log = new RefusalLog();
        log.Add(1, Refusal.Malformed, 1, 1, new string('x', 5_000));
        Assert.That(log.Drain().Counts.Values.Single().Detail, Has.Length.EqualTo(200));
    }
}

using CommandCenter.Contracts.Wall;
using CommandCenter.Positions.Live;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;
using CommandCenter.Workers;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Positions.Live;

public sealed class LivePictureTests
{
    [Test]
    public void AnyOrderRepetitionAndSplittingOfTheLogGivesTheSamePicture() => Prop.ForAll(Fixes.AnyList(2), Fixes.AnyList(3), (a, b) =>
    {
        var world = new PictureWorld();
        var all = a.Concat(b).ToArray();
        var once = world.NewPicture();
        once.Apply(all, Fixes.Noon);
        var again = world.NewPicture();
        foreach (var fix in Fixes.Shuffled(all.Concat(a), all.Length))
        {
            again.Apply([fix], Fixes.Noon);
        }

        return Describe(once).SequenceEqual(Describe(again));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void ACheckpointAndTheTailGiveTheSamePicture() => Prop.ForAll(Fixes.AnyList(2), Fixes.AnyList(3), (before, after) =>
    {
        var world = new PictureWorld();
        world.Picture.Apply(before, Fixes.Noon);
        byte[]? chunk;
        using (var reading = world.Picture.Read())
        {
            chunk = PictureChunk.Encode(reading.Rows, 0, _ => true, reading.NowMs);
        }

        world.Picture.Apply(after, Fixes.Noon + 10);
        var restarted = world.NewPicture();
        var (heard, fixes) = PictureChunk.Decode(chunk);
        restarted.Restore(heard, fixes);
        restarted.Apply(before, Fixes.Noon);
        restarted.Apply(after, Fixes.Noon + 10);
        restarted.Beat();
        world.Picture.Beat();
        return Describe(world.Picture).SequenceEqual(Describe(restarted));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void SilenceMakesAWorkerStaleThenLost()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1)], Fixes.Noon);

        Assert.Multiple(() =>
        {
            Assert.That(PresenceAfter(world, 0), Is.EqualTo(Presence.Moving));
            Assert.That(PresenceAfter(world, 95), Is.EqualTo(Presence.Stale));
            Assert.That(PresenceAfter(world, 301), Is.EqualTo(Presence.Lost));
        });
    }

    [Test]
    public void AHeartbeatKeepsAWorkerOnlineWhereTheLastFixWas()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1)], Fixes.Noon);
        world.Clock.NowMs += 200_000;
        world.Picture.Apply([new Fix { DeviceId = 7, WorkerId = 1, FixTimeMs = world.Clock.NowMs, Flags = FixFlags.Heartbeat }], world.Clock.NowMs);

        using var reading = world.Picture.Read();
        Assert.That(reading.Rows.PresenceOf(1), Is.EqualTo(Presence.Still));
        Assert.That(reading.Rows.MarkerOf(1).FixTimeMs, Is.EqualTo(Fixes.Noon));
    }

    [Test]
    public void HeadsAreCountedUpTheTree()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1), Fixes.At(Fixes.Noon, worker: 2, speedMps: 0)], Fixes.Noon);
        world.Picture.Beat();

        using var reading = world.Picture.Read();
        Assert.Multiple(() =>
        {
            Assert.That(CountOf(world, PictureWorld.District), Is.EqualTo(new AreaCountRecord(PictureWorld.District, 4, 1, 1, 0, 2)));
            Assert.That(CountOf(world, PictureWorld.West), Is.EqualTo(new AreaCountRecord(PictureWorld.West, 2, 1, 1, 0, 0)));
            Assert.That(CountOf(world, PictureWorld.East), Is.EqualTo(new AreaCountRecord(PictureWorld.East, 2, 0, 0, 0, 2)));
        });
    }

    [Test]
    public void GoingOffDutyHidesAWorkerAndTakesHimOffTheCounts()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1)], Fixes.Noon);
        world.Workers.Replace(Enumerable.Range(1, 4).Select(id => PictureWorld.WorkerAt(id, id + 3, onDuty: id != 1)));
        world.Picture.Beat();

        Assert.That(CountOf(world, PictureWorld.District).OnDuty, Is.EqualTo(3));
        using var reading = world.Picture.Read();
        Assert.That(reading.Rows.SightOf(1).Shown, Is.False);
    }

    [Test]
    public void APasserbyIsStillSeenAfterTheAreasChanged()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, 112.51, 37.85, worker: 4)], Fixes.Noon);
        world.Areas.Replace([.. world.Areas.Current.Nodes.Select(node => node.Area)]);
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1)], Fixes.Noon);
        world.Picture.Read().Dispose();
        world.Picture.Beat();

        using var reading = world.Picture.Read();
        Assert.That(reading.Rows.SightOf(4).IsIn(reading.Tree.Find(PictureWorld.West)!), Is.True);
    }

    [Test]
    public void ARunOfSlotsIsPassedOverByWallsOfAreasWhereNobodyOfItEverWas()
    {
        const int far = 3 * PictureBlock.Slots;
        var world = new PictureWorld();
        world.Workers.Apply([new WorkerChange(far, PictureWorld.WorkerAt(far, 6))]);
        world.Picture.Apply([Fixes.At(world.Clock.NowMs, 112.51) with { DeviceId = 1, WorkerId = 1 }], world.Clock.NowMs);
        Assert.That((MayHold(0, PictureWorld.East), MayHold(far, PictureWorld.East), MayHold(far, PictureWorld.West)), Is.EqualTo((true, true, false)));

        world.Picture.Apply([Fixes.At(world.Clock.NowMs, 112.51) with { DeviceId = far, WorkerId = far }], world.Clock.NowMs);
        Assert.That(MayHold(far, PictureWorld.West), Is.True, "a passer-by from the east");

        var before = Tick();
        world.Areas.Replace([.. world.Areas.Current.Nodes.Select(node => node.Area)]);
        world.Picture.Beat();
        Assert.That(MayHold(2 * PictureBlock.Slots, PictureWorld.West, before), Is.True, "who saw other areas must look at all");
        Assert.That((MayHold(2 * PictureBlock.Slots, PictureWorld.West, Tick()), MayHold(far, PictureWorld.West, Tick())), Is.EqualTo((false, true)));

        bool MayHold(int slot, int area, long? since = null)
        {
            using var reading = world.Picture.Read();
            return reading.Rows.MayHold(slot, reading.Tree.Find(area)!, since);
        }

        long Tick()
        {
            using var reading = world.Picture.Read();
            return reading.Tick;
        }
    }

    [Test]
    public void AnSosOffDutyIsShown()
    {
        var world = new PictureWorld();
        world.Workers.Replace([PictureWorld.WorkerAt(1, 4, onDuty: false)]);
        world.Picture.Apply([Fixes.At(Fixes.Noon, worker: 1) with { Flags = FixFlags.Sos }], Fixes.Noon);

        using var reading = world.Picture.Read();
        Assert.That(reading.Rows.SightOf(1).Shown, Is.True);
    }

    [Test]
    public void WhateverHappensPresenceIsWhatALookAtEveryRowWouldFind([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var world = new PictureWorld();
        for (var step = 0; step < 400; step++)
        {
            // Now and then a night without news, and a clock that is put back.
            world.Clock.NowMs += random.Next(40) switch { 0 => 40_000_000, 1 => -30_000, _ => random.Next(20_000) };
            if (random.Next(8) == 0)
            {
                var start = world.Clock.NowMs + random.Next(-60_000, 60_000);
                var id = random.Next(1, 5);
                world.Workers.Apply([new(id, PictureWorld.WorkerAt(id, 4) with { DutyPeriods = [new(start, start + random.Next(1, 200_000))] })]);
            }
            else if (random.Next(3) > 0)
            {
                var fix = Fixes.At(world.Clock.NowMs - random.Next(120_000), worker: random.Next(1, 5), speedMps: random.Next(2));
                world.Picture.Apply([fix with { Flags = random.Next(5) == 0 ? FixFlags.Sos : 0 }], world.Clock.NowMs - random.Next(1_000));
            }

            // The beat looks at what is due at most a bucket late.
            world.Picture.Beat();
            world.Clock.NowMs += 2 * DueWheel.BucketMs;
            world.Picture.Beat();
            var now = world.Clock.NowMs;
            using var reading = world.Picture.Read();
            for (var slot = 1; slot <= 4; slot++)
            {
                var rows = reading.Rows;
                var worker = reading.Roster[slot]!;
                Presence At(long ms) => PresenceRules.Judge(
                    worker.IsOnDuty(ms), rows.HeardMsOf(slot), rows.NewestOf(slot), rows.Rows[slot].Marker, ms, new LivePictureOptions().Thresholds);
                Assert.That(rows.PresenceOf(slot), Is.AnyOf(At(now), At(now - DueWheel.BucketMs)), $"step {step}, worker {slot}");
            }
        }
    }

    [Test]
    public void ABeatLooksOnlyAtWhomTheClockMayChange()
    {
        var wheel = new DueWheel();
        wheel.EnsureLength(1_000);
        for (var slot = 0; slot < 1_000; slot++)
        {
            wheel.Schedule(slot, Fixes.Noon + (slot * 1_000L), Fixes.Noon);
        }

        Assert.Multiple(() =>
        {
            Assert.That(TakeAll(wheel, Fixes.Noon + 10_000), Is.EquivalentTo(Enumerable.Range(0, 11)));
            Assert.That(TakeAll(wheel, Fixes.Noon + 10_000), Is.Empty);
            Assert.That(TakeAll(wheel, Fixes.Noon + 12_000), Is.EquivalentTo(new[] { 11, 12 }));
        });
    }

    private static List<int> TakeAll(DueWheel wheel, long nowMs)
    {
        var taken = new List<int>();
        for (var slot = wheel.Take(nowMs); slot >= 0; slot = wheel.Take(nowMs))
        {
            taken.Add(slot);
        }

        return taken;
    }

    private static Presence PresenceAfter(PictureWorld world, int seconds)
    {
        world.Clock.NowMs = Fixes.Noon + (seconds * 1000L);
        world.Picture.Beat();
        using var reading = world.Picture.Read();
        return reading.Rows.PresenceOf(1);
    }

    private static AreaCountRecord CountOf(PictureWorld world, int areaId)
    {
        using var reading = world.Picture.Read();
        return reading.Counts.Of(reading.Tree.Find(areaId)!);
    }

    private static List<string> Describe(LivePicture picture)
    {
        using var reading = picture.Read();
        var rows = reading.Rows;
        var lines = new List<string>();
        for (var slot = 0; slot < rows.Length; slot++)
        {
            if (rows.HasMarker(slot))
            {
                lines.Add($"{slot} {rows.MarkerOf(slot)} {rows.PresenceOf(slot)} {rows.SightOf(slot)} {rows.HeardMsOf(slot)}");
            }
        }

        return lines;
    }
}

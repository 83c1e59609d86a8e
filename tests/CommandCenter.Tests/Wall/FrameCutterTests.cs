using CommandCenter.Contracts.Wall;
using CommandCenter.Tests.Positions.Live;
using CommandCenter.Tests.Tracks;
using CommandCenter.Tracks;
using CommandCenter.Wall;

namespace CommandCenter.Tests.Wall;

/// <summary>State sync: whatever a wall missed, the difference from its tick brings it to where a full frame would.</summary>
public sealed class FrameCutterTests
{
    private static readonly WallScope[] Scopes =
    [
        new(PictureWorld.District, PictureWorld.District, null),
        new(PictureWorld.West, PictureWorld.West, null),
        new(PictureWorld.East, PictureWorld.District, null),
        new(4, PictureWorld.West, null),
    ];

    [Test]
    public void WallsThatMissFramesEndWhereAFullFrameWould([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        var world = new PictureWorld();
        var walls = Scopes.ToDictionary(scope => scope, _ => new WallModel());
        for (var step = 0; step < 300; step++)
        {
            Happen(world, random);
            foreach (var (scope, wall) in walls)
            {
                // Each wall gets a frame now and then only.
                if (random.Next(3) == 0 && Cut(world, scope, wall.Tick) is { } frame)
                {
                    wall.Take(frame);
                    var fresh = new WallModel();
                    fresh.Take(Cut(world, scope, null)!);
                    Assert.That(wall.Records.Keys, Is.EquivalentTo(fresh.Records.Keys), $"step {step}, {scope}");
                    Assert.That(fresh.Records.Keys.Select(slot => wall.Names[slot]), Is.EqualTo(fresh.Records.Keys.Select(slot => fresh.Names[slot])));
                    Assert.That(Places(wall), Is.EqualTo(Places(fresh)), $"step {step}, {scope}");
                }
            }
        }
    }

    [Test]
    public void AStrangerShowsAsRoleAndCodeOnly()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, 112.51, 37.85, worker: 4)], Fixes.Noon);

        var wall = new WallModel();
        wall.Take(Cut(world, new WallScope(PictureWorld.West, PictureWorld.West, null), null)!);

        Assert.Multiple(() =>
        {
            Assert.That(wall.Names[4], Is.EqualTo(new WallName { Slot = 4, Worker = "W4", Role = "gridWorker" }));
            Assert.That(wall.Records[4].Flags & RecordFlags.Stranger, Is.EqualTo(RecordFlags.Stranger));
        });
    }

    [Test]
    public void NobodyOutsideTheScopeIsInAFrame()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, 112.57, 37.85, worker: 4)], Fixes.Noon);

        var frame = Cut(world, new WallScope(PictureWorld.West, PictureWorld.West, null), null)!;

        Assert.That((frame.Count, frame.Names), Is.EqualTo((0, (object?)null)));
    }

    [Test]
    public void AboveTheLimitThereAreNoMarkers()
    {
        var world = new PictureWorld();
        world.Picture.Apply([.. Enumerable.Range(1, 4).Select(id => Fixes.At(Fixes.Noon, worker: id))], Fixes.Noon);

        using var reading = world.Picture.Read();
        var frame = FrameCutter.Cut(reading, "e", Scopes[0], null, new WallOptions { MaxMarkers = 3 })!;

        Assert.That((frame.Crowded, frame.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void OnlyTheSameAreasWithoutBoundsCanBeResumed()
    {
        var world = new PictureWorld();
        world.Picture.Beat();

        Assert.Multiple(() =>
        {
            Assert.That(Scopes.Select(scope => Cut(world, scope, null)!.Epoch), Is.Unique);
            Assert.That(Cut(world, Scopes[0] with { Bounds = Bounds.From([112.5, 37.8, 112.52, 37.9]) }, null)!.Epoch, Is.Empty);
        });
    }

    [Test]
    public void BoundsKeepToTheView()
    {
        var world = new PictureWorld();
        world.Picture.Apply([Fixes.At(Fixes.Noon, 112.51, 37.85, worker: 1), Fixes.At(Fixes.Noon, 112.57, 37.85, worker: 4)], Fixes.Noon);

        var wall = new WallModel();
        wall.Take(Cut(world, Scopes[0] with { Bounds = Bounds.From([112.5, 37.8, 112.52, 37.9]) }, null)!);

        Assert.That(wall.Records.Keys, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void AWallWithBoundsIsToldOnceOfANameAndOfLeavingAndNothingOfThoseOutside()
    {
        var world = new PictureWorld();
        var scope = Scopes[0] with { Bounds = Bounds.From([112.5, 37.8, 112.52, 37.9]) };
        var held = new KnownSlots();
        var wall = new WallModel();
        Take(At(112.51, 1), At(112.57, 4));
        Assert.That(wall.Records.Keys, Is.EqualTo(new[] { 1 }));

        var moved = Take(At(112.511, 1), At(112.571, 4))!;
        Assert.That((moved.Count, moved.Names), Is.EqualTo((1, (object?)null)), "neither the name again nor who moves outside");

        Assert.That(Take(At(112.53, 1))!.Count, Is.EqualTo(1));
        Assert.That(wall.Records.Keys, Is.Empty, "gone from the view, still in the area");
        Assert.That(Take(At(112.535, 1))!.Count, Is.Zero, "gone is said once");
        Assert.That(Take(At(112.51, 1))!.Names, Has.Count.EqualTo(1), "whoever comes back is named");

        WallFrame? Take(params Fix[] fixes)
        {
            world.Clock.NowMs += 60_000;
            world.Picture.Apply([.. fixes.Select(fix => fix with { FixTimeMs = world.Clock.NowMs })], world.Clock.NowMs);
            using var reading = world.Picture.Read();
            var frame = FrameCutter.Cut(reading, "e", scope, wall.Tick, new WallOptions(), held);
            wall.Take(frame!);
            return frame;
        }

        static Fix At(double longitude, int worker) => Fixes.At(Fixes.Noon, longitude, 37.85, worker: worker);
    }

    [Test]
    public void WallsWithBoundsThatMissFramesEndWhereAFullFrameWould([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var world = new PictureWorld();
        var scope = Scopes[0] with { Bounds = Bounds.From([112.51, 37.8, 112.55, 37.9]) };
        var (wall, held) = (new WallModel(), new KnownSlots());
        for (var step = 0; step < 300; step++)
        {
            Happen(world, random);
            if (random.Next(3) == 0)
            {
                using (var reading = world.Picture.Read())
                {
                    wall.Take(FrameCutter.Cut(reading, "e", scope, wall.Tick, new WallOptions(), held)!);
                }

                var fresh = new WallModel();
                fresh.Take(Cut(world, scope, null)!);
                Assert.That(Places(wall), Is.EqualTo(Places(fresh)), $"step {step}");
                Assert.That(fresh.Records.Keys.Select(slot => wall.Names[slot]), Is.EqualTo(fresh.Records.Keys.Select(slot => fresh.Names[slot])), $"step {step}");
            }
        }
    }

    [Test]
    public void AViewersAreaThatDoesNotHoldTheWatchedOneGetsNothing()
    {
        var world = new PictureWorld();

        Assert.That(Cut(world, new WallScope(PictureWorld.District, PictureWorld.West, null), null), Is.Null);
    }

    private static void Happen(PictureWorld world, Random random)
    {
        world.Clock.NowMs += random.Next(20_000);
        var worker = random.Next(1, 6);
        switch (random.Next(12))
        {
            case 0:
                world.Workers.Replace(Enumerable.Range(1, 5).Where(_ => random.Next(8) > 0)
                    .Select(id => PictureWorld.WorkerAt(id, random.Next(6) == 0 ? random.Next(4, 8) : Math.Min(7, id + 3), random.Next(5) > 0, $"Name {random.Next(3)}")));
                break;
            case 1:
                world.Areas.Replace([.. world.Areas.Current.Nodes.Select(node => node.Area)]);
                break;
            case 2:
                world.Picture.Beat();
                break;
            default:
                world.Picture.Apply(
                    [Fixes.At(world.Clock.NowMs - random.Next(60_000), 112.49 + (random.NextDouble() * 0.1), 37.85, worker: worker)], world.Clock.NowMs);
                break;
        }
    }

    private static WallFrame? Cut(PictureWorld world, WallScope scope, long? since)
    {
        using var reading = world.Picture.Read();
        return FrameCutter.Cut(reading, "e", scope, since, new WallOptions());
    }

    /// <summary>Everything of the records but the age, which counts from each record's own frame.</summary>
    private static List<WallRecord> Places(WallModel wall) =>
        [.. wall.Records.Values.Select(record => record with { Age = 0 }).OrderBy(record => record.Slot)];
}

using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Meaning;
using FsCheck.Fluent;

namespace CommandCenter.Tests.Tracks.Meaning;

public sealed class SetAsideTests
{
    [Test]
    public void EachRunSaysWhyAndHowMany()
    {
        var walk = new Walks().To(600, 0).Fixes;
        for (var n = 40; n < 46; n++)
        {
            walk[n] = Walks.FixAt(n * 5, 250, 900);
        }

        walk[20] = walk[20] with { Flags = FixFlags.Inaccurate };
        walk[60] = walk[60] with { Flags = FixFlags.Mock | FixFlags.Inaccurate };
        walk[61] = walk[61] with { Flags = FixFlags.Mock };
        walk.Insert(71, walk[70] with { DeviceId = 8 });

        var (runs, more) = Runs(walk);

        Assert.That(runs, Is.EqualTo(new[]
        {
            Run(20, 20, SetAsideReason.Inaccurate, 1),
            Run(40, 45, SetAsideReason.Jump, 6),
            Run(60, 61, SetAsideReason.Mock, 2),
            Run(70, 70, SetAsideReason.Duplicate, 1),
        }));
        Assert.That(more, Is.Zero);

        static SetAsideSpan Run(int from, int to, SetAsideReason reason, int count) =>
            new(Walks.FixAt(from * 5, 0, 0).FixTimeMs, Walks.FixAt(to * 5, 0, 0).FixTimeMs, reason, count);
    }

    [Test]
    public void ARestIsOneRunOfDriftPartedByAnSos()
    {
        var rest = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(3_600).To(600, 0).Fixes;
        var (whole, _) = Runs(rest);
        rest[400] = rest[400] with { Flags = FixFlags.Sos };
        var (parted, _) = Runs(rest);

        Assert.That(whole.Select(run => run.Reason), Is.EqualTo(new[] { SetAsideReason.Drift }));
        Assert.That(whole[0].Count, Is.InRange(680, 718));
        Assert.That(parted.Sum(run => run.Count), Is.EqualTo(whole[0].Count - 1), "who called for help is seen");
        Assert.That(parted, Has.Count.EqualTo(2));
    }

    [Test]
    public void TheRawViewSetsNothingAsideButSecondFixesOfAMoment()
    {
        var walk = new Walks { NoiseMeters = 4 }.To(300, 0).Rest(600).To(600, 0).Fixes;
        walk[20] = walk[20] with { Flags = FixFlags.Mock };
        walk[30] = Walks.FixAt(150, 250, 900);
        walk.Insert(11, walk[10] with { DeviceId = 8 });

        Assert.That(Runs(walk, clean: false).Runs.Select(run => (run.Reason, run.Count)), Is.EqualTo(new[] { (SetAsideReason.Duplicate, 1) }));
    }

    [Test]
    public void WhatIsBeyondTheLimitIsCounted()
    {
        var walk = new Walks().To(600, 0).Fixes;
        for (var n = 10; n < 30; n += 2)
        {
            walk[n] = walk[n] with { Flags = FixFlags.Mock };
        }

        var (runs, more) = Runs(walk, most: 7);

        Assert.That((runs.Count, more), Is.EqualTo((7, 3)));
    }

    [Test]
    public void WhatIsDroppedIsSetAsideAndNothingElseButDrift() => Prop.ForAll(Tracks.Fixes.AnyList(3, 200), any =>
    {
        var fixes = any.ToList();
        FixOrder.SortAndDeduplicate(fixes);
        foreach (var clean in (bool[])[true, false])
        {
            var dropped = Walks.Meaning(fixes, clean: clean).Dropped;
            var (runs, more) = Runs(fixes, clean);
            if (more != 0 || runs.Where(run => run.Reason != SetAsideReason.Drift).Sum(run => run.Count) != dropped
                || runs.Any(run => run.FromMs > run.ToMs) || runs.Zip(runs.Skip(1)).Any(pair => pair.First.ToMs > pair.Second.FromMs))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static (List<SetAsideSpan> Runs, int More) Runs(List<Fix> fixes, bool clean = true, int most = 2_000) =>
        SetAsideRules.Runs(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fixes), Walks.Meaning(fixes, clean: clean), most);
}

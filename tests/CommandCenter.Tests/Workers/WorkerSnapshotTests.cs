using CommandCenter.Contracts.Workers;
using CommandCenter.Workers;

namespace CommandCenter.Tests.Workers;

public sealed class WorkerSnapshotTests
{
    [Test]
    public void EqualsTheRosterAfterAnyChanges()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var roster = new SortedDictionary<int, Worker>();
            var snapshot = WorkerSnapshot.Empty;
            for (var step = 0; step < 20; step++)
            {
                var changes = Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.Next(1, 5_000)).Distinct()
                    .Select(id => new WorkerChange(id, random.Next(4) == 0 ? null : Of(id, $"W{id}-{random.Next(3)}"))).ToList();
                foreach (var (id, worker) in changes)
                {
                    _ = worker is null ? roster.Remove(id) : (roster[id] = worker) is not null;
                }

                snapshot = snapshot.With(changes);
            }

            Assert.That(snapshot.All, Is.EqualTo(roster.Values), $"seed {seed}");
            Assert.That(snapshot.Count, Is.EqualTo(roster.Count));
            Assert.That(snapshot.SlotCount, Is.GreaterThan(roster.Keys.Max()));
            foreach (var worker in roster.Values)
            {
                Assert.That(snapshot[worker.Id], Is.SameAs(worker));
                Assert.That(snapshot.Find(worker.Code.ToLowerInvariant()), Is.SameAs(worker));
            }

            for (var id = 1; id < 5_000; id++)
            {
                for (var n = 0; n < 3; n++)
                {
                    var found = snapshot.Find($"W{id}-{n}");
                    Assert.That(found, Is.SameAs(roster.GetValueOrDefault(id)?.Code == $"W{id}-{n}" ? roster[id] : null));
                }
            }
        }
    }

    [Test]
    public void LeavesOlderSnapshotsAlone()
    {
        var before = new WorkerSnapshot([Of(1, "A"), Of(2, "B")], 1);
        var after = before.With([new WorkerChange(1, null), new WorkerChange(3, Of(3, "C"))]);
        Assert.That(before.All.Select(worker => worker.Code), Is.EqualTo(new[] { "A", "B" }));
        Assert.That(after.All.Select(worker => worker.Code), Is.EqualTo(new[] { "B", "C" }));
        Assert.That(before.Find("A"), Is.Not.Null);
        Assert.That(after.Find("A"), Is.Null);
        Assert.That(after.Version, Is.GreaterThan(before.Version));
    }

    [Test]
    public void LetsACodePassFromOneWorkerToAnother()
    {
        var after = new WorkerSnapshot([Of(1, "A"), Of(2, "B")], 1).With([new WorkerChange(2, Of(2, "A")), new WorkerChange(1, Of(1, "B"))]);
        Assert.That(after.Find("A")?.Id, Is.EqualTo(2));
        Assert.That(after.Find("B")?.Id, Is.EqualTo(1));
    }

    [Test]
    public void KnowsNobodyOutsideItsSlots()
    {
        var snapshot = new WorkerSnapshot([Of(1, "A")], 1);
        Assert.That(snapshot[-1], Is.Null);
        Assert.That(snapshot[0], Is.Null);
        Assert.That(snapshot[2], Is.Null);
        Assert.That(snapshot[int.MaxValue], Is.Null);
    }

    [Test]
    public void CopiesLittleForOneChangeInALargeRoster()
    {
        var large = new WorkerSnapshot(Enumerable.Range(1, 300_000).Select(id => Of(id, $"W{id}")), 1);
        large.With([new WorkerChange(7, Of(7, "W7"))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        large.With([new WorkerChange(150_000, Of(150_000, "W150000"))]);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64_000));
    }

    [TestCase(99, ExpectedResult = false)]
    [TestCase(100, ExpectedResult = true)]
    [TestCase(199, ExpectedResult = true)]
    [TestCase(200, ExpectedResult = false)]
    [TestCase(300, ExpectedResult = true)]
    [TestCase(long.MaxValue - 1, ExpectedResult = true)]
    public bool JudgesDutyByThePeriodAtThatTime(long atMs) =>
        (Of(1, "A") with { DutyPeriods = [new DutyPeriod(100, 200), new DutyPeriod(300, long.MaxValue)] }).IsOnDuty(atMs);

    private static Worker Of(int id, string code) => new(id, code, code, WorkerRole.GridWorker, 1, null, []);
}

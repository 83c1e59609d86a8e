using System.Text.Json;
using CommandCenter.Benchmarks;
using CommandCenter.Tests.Contracts;

namespace CommandCenter.Tests.Architecture;

/// <summary>
/// What the hot paths allocate never grows unnoticed: each is run warm on this thread and held against its ceiling in
/// <c>tests/CommandCenter.Benchmarks/allocations.json</c>, bytes a run. Times are measured by the benchmarks and gate nothing.
/// </summary>
[Parallelizable(ParallelScope.None)]
public sealed class AllocationTests
{
    private static readonly Dictionary<string, long> Ceilings = JsonSerializer.Deserialize<Dictionary<string, long>>(
        File.ReadAllText(Path.Combine(Committed.Root, "tests", "CommandCenter.Benchmarks", "allocations.json")))!;

    public static IEnumerable<TestCaseData> Paths() =>
        new HotPaths().All.Select(path => new TestCaseData(path).SetArgDisplayNames(path.Name));

    [TestCaseSource(nameof(Paths))]
    public void AHotPathAllocatesNoMoreThanItsCeiling(object path)
    {
        var hot = (HotPaths.HotPath)path;
        Assert.That(Ceilings, Does.ContainKey(hot.Name), "the path has no ceiling");
        for (var i = 0; i < 40; i++)
        {
            hot.Run();
        }

        Assert.That(Measure(hot), Is.LessThanOrEqualTo(Ceilings[hot.Name]), $"bytes of a run of {hot.Items} items");
    }

    [Test]
    public void EveryCeilingIsOfAPath() => Assert.That(Ceilings.Keys, Is.EquivalentTo(new HotPaths().All.Select(path => path.Name)));

    /// <summary>The least of several: now and then a pool is emptied by a collection, and refilled by whoever comes next.</summary>
    private static long Measure(HotPaths.HotPath path) => Enumerable.Range(0, 5).Min(_ =>
    {
        const int runs = 10;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < runs; i++)
        {
            path.Run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / runs;
    });
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;

namespace CommandCenter.Tests.Areas;

public sealed class AreaTreeTests
{
    [Test]
    public void ContainsMeansAncestorOrSelfWhateverTheTree()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var areas = Random(seed, 60);
            var tree = new AreaTree(areas, 1);
            var parents = areas.ToDictionary(area => area.Id, area => area.ParentId);
            foreach (var above in tree.Nodes)
            {
                foreach (var below in tree.Nodes)
                {
                    Assert.That(above.Contains(below), Is.EqualTo(IsAbove(above.Area.Id, below.Area.Id, parents)), $"seed {seed}: {above.Area.Code} over {below.Area.Code}");
                }
            }
        }
    }

    [Test]
    public void WalksEveryParentBeforeItsChildren()
    {
        var tree = new AreaTree(Random(7, 200), 1);
        var seen = new HashSet<int>();
        foreach (var node in tree.Nodes)
        {
            Assert.That(node.Parent is null || seen.Contains(node.Parent.Area.Id));
            seen.Add(node.Area.Id);
        }

        Assert.That(seen, Has.Count.EqualTo(200));
    }

    [Test]
    public void PagesByCodeWithoutGapOrRepetition([Values(1, 7, 200, 500)] int size)
    {
        var tree = new AreaTree(Random(3, 200), 1);
        var codes = new List<string>();
        string? after = null;
        while (tree.AfterCode(after).Take(size).Select(node => node.Area.Code).ToList() is { Count: > 0 } page)
        {
            codes.AddRange(page);
            after = page[^1];
        }

        Assert.That(codes, Is.EqualTo(tree.Nodes.Select(node => node.Area.Code).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void GoesOnBehindACodeThatIsGone()
    {
        var tree = new AreaTree([Area(1, "a", null), Area(2, "c", 1)], 1);
        Assert.That(tree.AfterCode("b").Select(node => node.Area.Code), Is.EqualTo(new[] { "c" }));
    }

    internal static List<Area> Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(id => Area(id, $"{random.Next(1_000_000):000000}-{id}", id < 3 ? null : random.Next(1, id)))];
    }

    internal static Area Area(int id, string code, int? parent, AreaKind kind = AreaKind.Community) => new(id, code, code, null, kind, null, parent, null);

    private static bool IsAbove(int above, int? below, Dictionary<int, int?> parents)
    {
        while (below is { } id)
        {
            if (id == above)
            {
                return true;
            }

            below = parents[id];
        }

        return false;
    }
}

using CommandCenter.Areas;

namespace CommandCenter.Tests.Areas;

public sealed class AreaScopeTests
{
    private static readonly AreaTree Tree = new(
        [AreaTreeTests.Area(1, "14", null), AreaTreeTests.Area(2, "14-1", 1), AreaTreeTests.Area(3, "14-1-1", 2), AreaTreeTests.Area(4, "14-2", 1), AreaTreeTests.Area(5, "99", null)], 1);

    [Test]
    public void HoldsItsRootAndAllBelowAndNothingElse()
    {
        var scope = new AreaScope(Tree, Tree.Find("14-1"));
        Assert.That(Tree.Nodes.Where(scope.Contains).Select(node => node.Area.Code), Is.EqualTo(new[] { "14-1", "14-1-1" }));
        Assert.That(scope.Contains(4), Is.False);
        Assert.That(scope.Contains(12345), Is.False);
    }

    [Test]
    public void ResolvesNothingToItsRoot() => Assert.That(new AreaScope(Tree, Tree.Find("14-1")).Resolve(null)?.Area.Code, Is.EqualTo("14-1"));

    [TestCase("14", Description = "above")]
    [TestCase("14-2", Description = "beside")]
    [TestCase("99", Description = "in another tree")]
    [TestCase("nowhere", Description = "unknown")]
    public void ResolvesOutsideAndUnknownAlike(string code) => Assert.That(new AreaScope(Tree, Tree.Find("14-1")).Resolve(code), Is.Null);

    [Test]
    public void HoldsNothingWhenTheViewersAreaIsGone()
    {
        var scope = new AreaScope(Tree, null);
        Assert.That(Tree.Nodes.Any(scope.Contains), Is.False);
        Assert.That(scope.Resolve(null), Is.Null);
        Assert.That(scope.Resolve("14"), Is.Null);
    }

    [Test]
    public void ListsIdsOfTheSubtreeForQueries()
    {
        var scope = new AreaScope(Tree, Tree.Find("14"));
        Assert.That(scope.IdsUnder(Tree.Find("14-1")!), Is.EquivalentTo(new[] { 2, 3 }));
        Assert.That(scope.IdsUnder(Tree.Find("14")!), Is.EquivalentTo(new[] { 1, 2, 3, 4 }));
    }
}

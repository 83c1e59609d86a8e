using CommandCenter.Areas;
using CommandCenter.Tests.Areas;
using CommandCenter.Tracks.Keeping;

namespace CommandCenter.Tests.Tracks.Keeping;

public sealed class RetentionRulesTests
{
    private static readonly AreaTree Tree = new(
        [AreaTreeTests.Area(1, "14", null), AreaTreeTests.Area(2, "14-1", 1), AreaTreeTests.Area(3, "14-1-1", 2), AreaTreeTests.Area(4, "14-2", 1), AreaTreeTests.Area(5, "99", null)], 1);

    [Test]
    public void WithoutRulesEverybodyIsKeptAlike()
    {
        var groups = RetentionRules.Groups(Tree, new Dictionary<int, int>(), 90);
        Assert.That(groups.Single(), Is.EqualTo(new RetentionGroup(90, null)));
    }

    [Test]
    public void TheNearestRuleAboveCounts()
    {
        var groups = RetentionRules.Groups(Tree, new Dictionary<int, int> { [1] = 30, [2] = 365 }, 90);
        Assert.That(groups.Select(group => (group.Days, group.AreaIds?.Order().ToArray())), Is.EqualTo(new[] { (30, new[] { 1, 4 }), (365, [2, 3]), (90, null) }));
    }

    [Test]
    public void ARuleCountsDownToTheNextOnes()
    {
        Assert.That(RetentionRules.Governed(Tree.Find(1)!, new Dictionary<int, int> { [1] = 30, [2] = 365 }).Order(), Is.EqualTo(new[] { 1, 4 }));
        Assert.That(RetentionRules.Governed(Tree.Find(2)!, new Dictionary<int, int> { [1] = 30 }).Order(), Is.EqualTo(new[] { 2, 3 }), "one above does not matter");
    }

    [TestCase("track_segments_20260131", 1_769_817_600_000)]
    public void APartitionsNameSaysItsDay(string table, long dayMs)
    {
        Assert.That(PartitionNames.TryDayOf(table, out var found), Is.True);
        Assert.That(found, Is.EqualTo(dayMs));
    }

    [TestCase("track_pieces")]
    [TestCase("track_segments_default")]
    [TestCase("track_segments_20260231")]
    public void OtherTablesAreNoPartitions(string table) => Assert.That(PartitionNames.TryDayOf(table, out _), Is.False);
}

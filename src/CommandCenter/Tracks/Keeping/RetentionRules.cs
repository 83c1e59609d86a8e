using CommandCenter.Areas;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Areas whose people's raw tracks are kept for <paramref name="Days"/>; null areas: everybody else's.</summary>
internal sealed record RetentionGroup(int Days, int[]? AreaIds);

/// <summary>Which areas keep tracks how long. Pure.</summary>
internal static class RetentionRules
{
    /// <summary>One group for each number of days: every area with a rule at or above it stands in that of the nearest; the last group is everybody else.</summary>
    /// <param name="tree">Of now.</param>
    /// <param name="ruleDays">Days by area.</param>
    /// <param name="usualDays">Where no rule is.</param>
    public static IReadOnlyList<RetentionGroup> Groups(AreaTree tree, IReadOnlyDictionary<int, int> ruleDays, int usualDays)
    {
        var groups = new SortedDictionary<int, List<int>>();
        foreach (var node in tree.Nodes)
        {
            if (DaysOf(node, ruleDays) is { } days)
            {
                if (!groups.TryGetValue(days, out var areas))
                {
                    groups[days] = areas = [];
                }

                areas.Add(node.Area.Id);
            }
        }

        return [.. groups.Select(group => new RetentionGroup(group.Key, [.. group.Value])), new RetentionGroup(usualDays, null)];
    }

    /// <summary>The areas for which a rule of <paramref name="node"/> counts: it and those below it, but for areas with rules of their own and what lies below those.</summary>
    public static int[] Governed(AreaNode node, IReadOnlyDictionary<int, int> ruleDays) =>
        [node.Area.Id, .. node.Children.Where(child => !ruleDays.ContainsKey(child.Area.Id)).SelectMany(child => Governed(child, ruleDays))];

    /// <summary>Days by the nearest rule at or above; null: none.</summary>
    public static int? DaysOf(AreaNode? node, IReadOnlyDictionary<int, int> ruleDays)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (ruleDays.TryGetValue(at.Area.Id, out var days))
            {
                return days;
            }
        }

        return null;
    }
}

using CommandCenter.Areas;
using CommandCenter.Contracts.Wall;

namespace CommandCenter.Positions.Live;

/// <summary>
/// Heads by presence in every area, by home, kept up to date with each change: one row a place in the walk of the tree.
/// </summary>
public sealed class AreaCounts
{
    private const int Kinds = 6;
    private AreaTree _tree = AreaTree.Empty;
    private int[] _heads = [];
    private long[] _changedTick = [];

    public long ChangedTickOf(AreaNode node) => _changedTick[node.Enter];

    /// <summary>Workers of the area on duty, and how they are reached.</summary>
    public AreaCountRecord Of(AreaNode node)
    {
        var heads = _heads.AsSpan(node.Enter * Kinds, Kinds);
        int moving = heads[(int)Presence.Moving], still = heads[(int)Presence.Still], stale = heads[(int)Presence.Stale], lost = heads[(int)Presence.Lost];
        return new AreaCountRecord(node.Area.Id, moving + still + stale + lost, moving, still, stale, lost);
    }

    internal void Reset(AreaTree tree, long tick)
    {
        _tree = tree;
        _heads = new int[tree.Nodes.Count * Kinds];
        _changedTick = new long[tree.Nodes.Count];
        _changedTick.AsSpan().Fill(tick);
    }

    internal void Add(int place, Presence presence, int heads, long tick)
    {
        if (place < 0 || presence <= Presence.OffDuty)
        {
            return;
        }

        for (var node = _tree.Nodes[place]; node is not null; node = node.Parent)
        {
            _heads[(node.Enter * Kinds) + (int)presence] += heads;
            _changedTick[node.Enter] = tick;
        }
    }
}

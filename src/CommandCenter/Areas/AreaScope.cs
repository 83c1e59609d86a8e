namespace CommandCenter.Areas;

/// <summary>
/// What a viewer may see of the tree: <paramref name="root"/> and everything below it; nothing when the root is null (the viewer's area is gone).
/// </summary>
public sealed class AreaScope(AreaTree tree, AreaNode? root)
{
    public AreaTree Tree { get; } = tree;

    public AreaNode? Root { get; } = root;

    public bool Contains(AreaNode? node) => Root is not null && Root.Contains(node);

    public bool Contains(int areaId) => Contains(Tree.Find(areaId));

    /// <summary>
    /// The area that an argument <c>area=</c> names, the scope's root when it is missing. Null means 403, whether the area lies outside or
    /// does not exist: the same answer, so that codes cannot be probed.
    /// </summary>
    public AreaNode? Resolve(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return Root;
        }

        var node = Tree.Find(code);
        return Contains(node) ? node : null;
    }

    /// <summary>Ids of the node and all below it, for queries.</summary>
    public int[] IdsUnder(AreaNode node)
    {
        var ids = new int[node.Exit - node.Enter];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Tree.Nodes[node.Enter + i].Area.Id;
        }

        return ids;
    }
}

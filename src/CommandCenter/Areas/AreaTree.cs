using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace CommandCenter.Areas;

/// <summary>
/// The areas of a center as an immutable tree. Each node has a range of places in a walk of the tree (its own place and its
/// descendants'), so "is A under B" is two comparisons.
/// </summary>
public sealed class AreaTree
{
    public static readonly AreaTree Empty = new([], 0);

    private readonly Dictionary<int, AreaNode> _byId = [];
    private readonly Dictionary<string, AreaNode> _byCode = new(StringComparer.Ordinal);
    private readonly STRtree<AreaNode> _index = new();
    private readonly AreaNode[] _byCodeOrder;
    private readonly AreaCells _cells;

    public AreaTree(IEnumerable<Area> areas, long version)
    {
        Version = version;
        var all = areas.OrderBy(a => a.Code, StringComparer.Ordinal).ToList();
        var ids = all.Select(a => a.Id).ToHashSet();
        var children = all.ToLookup(a => a.ParentId is { } parent && ids.Contains(parent) ? parent : 0);
        var order = new List<AreaNode>(all.Count);
        foreach (var root in children[0])
        {
            Add(root, null, children, order);
        }

        Nodes = order;
        foreach (var node in order)
        {
            _byId[node.Area.Id] = node;
            _byCode[node.Area.Code] = node;
            if (node.Area.Geometry is { IsEmpty: false } geometry)
            {
                _index.Insert(geometry.EnvelopeInternal, node);
            }
        }

        _index.Build();
        _byCodeOrder = [.. order.OrderBy(node => node.Area.Code, StringComparer.Ordinal)];
        _cells = new AreaCells(order);
    }

    public long Version { get; }

    /// <summary>All nodes, every parent before its children.</summary>
    public IReadOnlyList<AreaNode> Nodes { get; }

    public AreaNode? Find(int id) => _byId.GetValueOrDefault(id);

    public AreaNode? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>All nodes by code, from the first one after <paramref name="code"/>; null starts at the beginning.</summary>
    public IEnumerable<AreaNode> AfterCode(string? code)
    {
        var low = 0;
        var high = code is null ? 0 : _byCodeOrder.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_byCodeOrder[middle].Area.Code, code) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new ArraySegment<AreaNode>(_byCodeOrder, low, _byCodeOrder.Length - low);
    }

    /// <summary>
    /// The deepest area whose polygon holds the point; null outside all of them. Points on a shared border go to the first by code. Most
    /// fixes are of workers who did not leave the area they were last seen in, which is asked first. Allocates nothing.
    /// </summary>
    public AreaNode? Locate(double longitude, double latitude, AreaNode? lastSeen = null) =>
        lastSeen is { Children.Count: 0, Shape: { } shape } && shape.Locate(longitude, latitude) == Location.Interior
            ? lastSeen
            : _cells.Locate(longitude, latitude);

    /// <summary>All nodes whose geometry may touch the box, every parent before its children.</summary>
    public IEnumerable<AreaNode> Near(Envelope box) => _index.Query(box).OrderBy(node => node.Enter);

    private static AreaNode Add(Area area, AreaNode? parent, ILookup<int, Area> children, List<AreaNode> order)
    {
        var node = new AreaNode(area, parent, order.Count);
        order.Add(node);
        foreach (var child in children[area.Id])
        {
            node.Children.Add(Add(child, node, children, order));
        }

        node.Exit = order.Count;
        return node;
    }
}

/// <summary>An area at its place in the tree.</summary>
public sealed class AreaNode(Area area, AreaNode? parent, int enter)
{
    private readonly Lazy<AreaShape?> _shape = new(() => AreaShape.Of(area.Geometry));

    private readonly Lazy<Coordinate?> _center = new(() => area.Geometry is { IsEmpty: false } shape ? Inside(shape) : null);

    public Area Area { get; } = area;

    /// <summary>A place inside the geometry, its middle where that is inside: for a name or a number. Null without a geometry.</summary>
    public Coordinate? Center => _center.Value;

    public AreaNode? Parent { get; } = parent;

    public List<AreaNode> Children { get; } = [];

    /// <summary>Its place in the walk of the tree; descendants are at <see cref="Enter"/> + 1 to <see cref="Exit"/> - 1.</summary>
    public int Enter { get; } = enter;

    public int Exit { get; internal set; }

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>The geometry as points are held against it; null where there is none.</summary>
    internal AreaShape? Shape => _shape.Value;

    /// <summary>True for the node itself and for everything below it.</summary>
    public bool Contains(AreaNode? other) => other is not null && other.Enter >= Enter && other.Enter < Exit;

    private static Coordinate Inside(Geometry shape)
    {
        var middle = shape.Centroid.Coordinate;
        return SimplePointInAreaLocator.Locate(middle, shape) == Location.Interior ? middle : shape.InteriorPoint.Coordinate;
    }
}

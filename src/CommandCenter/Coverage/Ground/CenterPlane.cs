using CommandCenter.Areas;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage.Ground;

/// <summary>The plane that all squares of the center lie in: the 3° zone of its middle, also where it reaches across a border.</summary>
public sealed class CenterPlane(AreaDirectory areas)
{
    private volatile Known? _known;

    /// <summary>Null while no area has a polygon: nothing can be squared then.</summary>
    public GaussKruger? Current => Of(areas.Current);

    public GaussKruger? Of(AreaTree tree)
    {
        if (_known is { } known && known.Version == tree.Version)
        {
            return known.Plane;
        }

        var longitude = MiddleOf(tree);
        var plane = longitude is null ? null
            : _known?.Plane is { } same && same.Meridian == GaussKruger.MeridianOf(longitude.Value) ? same
            : GaussKruger.ZoneOf(longitude.Value);
        _known = new Known(tree.Version, plane);
        return plane;
    }

    private static double? MiddleOf(AreaTree tree)
    {
        var bounds = new Envelope();
        foreach (var root in tree.Nodes.Where(node => node.Parent is null))
        {
            bounds.ExpandToInclude(root.Area.Geometry?.EnvelopeInternal ?? new Envelope());
        }

        foreach (var node in bounds.IsNull ? tree.Nodes : [])
        {
            bounds.ExpandToInclude(node.Area.Geometry?.EnvelopeInternal ?? new Envelope());
        }

        return bounds.IsNull ? null : bounds.Centre.X;
    }

    private sealed record Known(long Version, GaussKruger? Plane);
}

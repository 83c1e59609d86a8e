using CommandCenter.Areas;
using CommandCenter.Geo;
using NetTopologySuite.Geometries;

namespace CommandCenter.Coverage.Ground;

/// <summary>
/// The plane that all squares of the center lie in: the 3° zone of its middle, also where it reaches across a border. Once something was reckoned its plane stays, wherever
/// the middle moves: in another one every square would be another.
/// </summary>
public sealed class CenterPlane(AreaDirectory areas)
{
    /// <summary>Squares so far from their meridian are up to 0.14 % too large at the equator; further off is another place, degrees.</summary>
    private const double MostOff = 3;

    private volatile Known? _known;
    private volatile GaussKruger? _kept;

    /// <summary>Null while no area has a polygon: nothing can be squared then.</summary>
    public GaussKruger? Current => Of(areas.Current);

    /// <summary>The center has moved so far that its plane does not serve it any more.</summary>
    public bool IsFarOff => _kept is { } kept && MiddleOf(areas.Current) is { } middle && Math.Abs(middle - kept.Meridian) > MostOff;

    /// <summary>Stays with the zone of a meridian; null: of the center's middle.</summary>
    public void Keep(int? meridian)
    {
        if (_kept?.Meridian != meridian)
        {
            _kept = meridian is { } degrees ? GaussKruger.ZoneOf(degrees) : null;
        }
    }

    public GaussKruger? Of(AreaTree tree)
    {
        var kept = _kept;
        if (_known is { } known && known.Version == tree.Version && ReferenceEquals(known.Kept, kept))
        {
            return known.Plane;
        }

        var longitude = MiddleOf(tree);
        var plane = longitude is null ? null
            : kept ?? (_known?.Plane is { } same && same.Meridian == GaussKruger.MeridianOf(longitude.Value) ? same
                : GaussKruger.ZoneOf(longitude.Value));
        _known = new Known(tree.Version, kept, plane);
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

    private sealed record Known(long Version, GaussKruger? Kept, GaussKruger? Plane);
}

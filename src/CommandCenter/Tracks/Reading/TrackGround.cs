using CommandCenter.Areas;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace CommandCenter.Tracks.Reading;

/// <summary>How a stored part's bounds lie to an area.</summary>
public enum GroundRelation
{
    Outside,

    /// <summary>All of its fixes are in the area.</summary>
    Inside,

    /// <summary>Its fixes must be looked at.</summary>
    Border,
}

/// <summary>The ground of an area: its polygon, or those of the areas below it where it has none of its own. Points on the border are in it. Pure.</summary>
public sealed class TrackGround
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly IPreparedGeometry? _shape;
    private readonly IndexedPointInAreaLocator? _locator;

    public TrackGround(AreaNode area)
    {
        var polygons = new List<Polygon>();
        Collect(area, polygons);
        if (polygons.Count == 0)
        {
            Bounds = new Envelope();
            return;
        }

        Geometry shape = polygons.Count == 1 ? polygons[0] : Factory.BuildGeometry(polygons).Union();
        Bounds = shape.EnvelopeInternal;
        _shape = PreparedGeometryFactory.Prepare(shape);
        _locator = new IndexedPointInAreaLocator(shape);
    }

    /// <summary>Degrees; null when no polygon is known.</summary>
    public Envelope Bounds { get; }

    public bool Holds(in Fix fix) => Holds(fix.Longitude, fix.Latitude);

    /// <param name="place">With bounds.</param>
    public GroundRelation RelationTo(in TrackPlace place)
    {
        if (place.WestE7 == place.EastE7 && place.SouthE7 == place.NorthE7)
        {
            return Holds(place.WestE7 / 1e7, place.SouthE7 / 1e7) ? GroundRelation.Inside : GroundRelation.Outside;
        }

        var box = new Envelope(place.WestE7 / 1e7, place.EastE7 / 1e7, place.SouthE7 / 1e7, place.NorthE7 / 1e7);
        if (_shape is null || !Bounds.Intersects(box))
        {
            return GroundRelation.Outside;
        }

        var shape = Factory.ToGeometry(box);
        return _shape.Covers(shape) ? GroundRelation.Inside
            : _shape.Intersects(shape) ? GroundRelation.Border
            : GroundRelation.Outside;
    }

    private bool Holds(double longitude, double latitude) =>
        Bounds.Contains(longitude, latitude) && _locator!.Locate(new Coordinate(longitude, latitude)) != Location.Exterior;

    private static void Collect(AreaNode area, List<Polygon> polygons)
    {
        if (area.Area.Geometry is { IsEmpty: false } geometry)
        {
            for (var i = 0; i < geometry.NumGeometries; i++)
            {
                if (geometry.GetGeometryN(i) is Polygon polygon)
                {
                    polygons.Add(polygon);
                }
            }

            return;
        }

        foreach (var child in area.Children)
        {
            Collect(child, polygons);
        }
    }
}

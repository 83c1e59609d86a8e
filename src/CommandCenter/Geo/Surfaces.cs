using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>Sizes on the ground of shapes in degrees, by the scale at their middle: good to a thousandth for anything smaller than a province.</summary>
public static class Surfaces
{
    private const double MetersPerDegree = Distance.EarthRadiusMeters * Math.PI / 180;

    public static double SquareMeters(this Geometry geometry) =>
        geometry.IsEmpty ? 0 : geometry.Area * MetersPerDegree * MetersPerDegree * Math.Cos(MiddleLatitude(geometry));

    /// <summary>
    /// How wide a strip of this surface and outline would be, metres: a sliver between two borders drawn separately is long, but centimetres wide.
    /// </summary>
    public static double WidthMeters(this Geometry geometry)
    {
        // Within a factor that is the stretch of a degree eastwards; this tells centimetres from metres.
        var outline = geometry.Length * MetersPerDegree * Math.Sqrt(Math.Cos(MiddleLatitude(geometry)));
        return outline > 0 ? 2 * geometry.SquareMeters() / outline : 0;
    }

    /// <summary>A place inside, longitude and latitude to about a metre.</summary>
    public static double[]? PlaceIn(this Geometry geometry)
    {
        var inside = geometry.IsEmpty ? null : geometry.InteriorPoint;
        return inside is null || inside.IsEmpty ? null : PlaceOf(inside.Coordinate);
    }

    public static double[] PlaceOf(Coordinate at) => [Math.Round(at.X, 6), Math.Round(at.Y, 6)];

    private static double MiddleLatitude(Geometry geometry) => double.DegreesToRadians(geometry.EnvelopeInternal.Centre.Y);
}

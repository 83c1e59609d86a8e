using NetTopologySuite.Geometries;

namespace CommandCenter.Geo;

/// <summary>The one factory of geometries: WGS-84 degrees, X longitude, Y latitude.</summary>
public static class Wgs84
{
    public const int Srid = 4326;

    public static readonly GeometryFactory Factory = new(new PrecisionModel(), Srid);
}

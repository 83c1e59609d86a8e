using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace CommandCenter.Geo;

/// <summary>
/// CGCS2000 in Gauss–Krüger's projection, 3° zones without the zone's number before the easting (EPSG:4534 to 4554): the metres in which Chinese districts are surveyed. WGS-84
/// is taken for CGCS2000, from which it differs by centimetres.
/// </summary>
public sealed class GaussKruger
{
    private const int FirstMeridian = 75;
    private const int LastMeridian = 135;
    private const int FirstEpsg = 4534;

    private readonly MathTransform _toPlane;
    private readonly MathTransform _toDegrees;

    private GaussKruger(int meridian)
    {
        Meridian = meridian;
        var factory = new CoordinateSystemFactory();
        var ellipsoid = factory.CreateFlattenedSphere("CGCS2000", 6_378_137, 298.257222101, LinearUnit.Metre);
        var datum = factory.CreateHorizontalDatum("China 2000", DatumType.HD_Geocentric, ellipsoid, null);
        var degrees = factory.CreateGeographicCoordinateSystem(
            "CGCS2000", AngularUnit.Degrees, datum, PrimeMeridian.Greenwich, new AxisInfo("Lon", AxisOrientationEnum.East), new AxisInfo("Lat", AxisOrientationEnum.North));
        List<ProjectionParameter> parameters =
        [
            new("latitude_of_origin", 0), new("central_meridian", meridian), new("scale_factor", 1), new("false_easting", 500_000), new("false_northing", 0),
        ];
        var plane = factory.CreateProjectedCoordinateSystem(
            $"CGCS2000 / 3-degree Gauss-Kruger CM {meridian}E",
            degrees,
            factory.CreateProjection("Gauss-Kruger", "Transverse_Mercator", parameters),
            LinearUnit.Metre,
            new AxisInfo("East", AxisOrientationEnum.East),
            new AxisInfo("North", AxisOrientationEnum.North));
        var transformations = new CoordinateTransformationFactory();
        _toPlane = transformations.CreateFromCoordinateSystems(degrees, plane).MathTransform;
        _toDegrees = transformations.CreateFromCoordinateSystems(plane, degrees).MathTransform;
    }

    /// <summary>Of the zone's middle, degrees east.</summary>
    public int Meridian { get; }

    /// <summary>The system's number in the EPSG register; null outside of China, where the same projection serves without one.</summary>
    public int? Epsg => Meridian is >= FirstMeridian and <= LastMeridian ? FirstEpsg + ((Meridian - FirstMeridian) / 3) : null;

    /// <summary>The zone that a place lies in; a whole center uses the zone of its middle, also where it reaches across a border.</summary>
    public static GaussKruger ZoneOf(double longitude) => new(MeridianOf(longitude));

    /// <summary>The <see cref="Meridian"/> of that zone.</summary>
    public static int MeridianOf(double longitude) => (int)Math.Round(longitude / 3, MidpointRounding.AwayFromZero) * 3;

    /// <summary>Metres east (500,000 on the meridian) and north of the equator.</summary>
    public (double East, double North) Project(double longitude, double latitude)
    {
        var (east, north) = _toPlane.Transform(longitude, latitude);
        return (east, north);
    }

    /// <summary>Degrees.</summary>
    public (double Longitude, double Latitude) Unproject(double east, double north)
    {
        var (longitude, latitude) = _toDegrees.Transform(east, north);
        return (longitude, latitude);
    }
}

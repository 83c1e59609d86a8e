using CommandCenter.Geo;

namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Distances between near points without a sine for each: the equirectangular approximation, x = Δλ·cos φ, y = Δφ, with φ the middle latitude and
/// cos φ by Taylor's series to the second order around the nearest tenth of a degree. Within 1e-6 of the haversine up to 20 km. A pure function of the two points.
/// </summary>
internal struct LocalPlane
{
    private const double RadiansPerE7 = Math.PI / 180 / 1e7;
    private const double MetersPerE7 = Distance.EarthRadiusMeters * RadiansPerE7;
    private const double HalfCellE7 = 500_000;
    private const double HalfTurnE7 = 1_800_000_000;

    private double _latitude;
    private double _cos;
    private double _sin;
    private bool _known;

    /// <summary>Metres; arguments in 1e-7 degrees.</summary>
    public double Meters(double longitudeA, double latitudeA, double longitudeB, double latitudeB) =>
        Math.Sqrt(SquaredMeters(longitudeA, latitudeA, longitudeB, latitudeB));

    public double SquaredMeters(double longitudeA, double latitudeA, double longitudeB, double latitudeB)
    {
        var middle = (latitudeA + latitudeB) / 2;
        if (!_known || Math.Abs(middle - _latitude) > HalfCellE7)
        {
            Move(middle);
        }

        var off = (middle - _latitude) * RadiansPerE7;
        var cos = _cos - (off * (_sin + (off / 2 * _cos)));
        var x = longitudeB - longitudeA;
        if (Math.Abs(x) > HalfTurnE7)
        {
            x -= Math.CopySign(2 * HalfTurnE7, x);
        }

        x *= MetersPerE7 * cos;
        var y = (latitudeB - latitudeA) * MetersPerE7;
        return (x * x) + (y * y);
    }

    private void Move(double latitude)
    {
        _latitude = Math.Round(latitude / (2 * HalfCellE7)) * 2 * HalfCellE7;
        (_sin, _cos) = Math.SinCos(_latitude * RadiansPerE7);
        _known = true;
    }
}

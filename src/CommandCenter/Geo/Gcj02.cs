namespace CommandCenter.Geo;

/// <summary>
/// GCJ-02, the shifted datum of Chinese web maps, to and from WGS-84. The shift is the polynomial with sines that all map suppliers share;
/// it was never published officially and is known from its implementations. Outside of China there is none.
/// </summary>
public static class Gcj02
{
    /// <summary>Krasovsky 1940, metres, and its squared eccentricity: the ellipsoid on which the shift is computed.</summary>
    private const double SemiMajorMeters = 6_378_245.0;
    private const double EccentricitySquared = 0.00669342162296594323;

    /// <summary>Each step leaves about a hundredth of the error before it: 1e-5 degrees of difference are below 1e-9 after three.</summary>
    private const int Steps = 4;

    public static (double Longitude, double Latitude) FromWgs84(double longitude, double latitude)
    {
        if (longitude is not (>= 72.004 and <= 137.8347) || latitude is not (>= 0.8293 and <= 55.8271))
        {
            return (longitude, latitude);
        }

        var x = longitude - 105;
        var y = latitude - 35;
        var north = -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x)))
            + Waves(x, (20, 6), (20, 2)) + Waves(y, (20, 1), (40, 1.0 / 3)) + Waves(y, (160, 1.0 / 12), (320, 1.0 / 30));
        var east = 300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x)))
            + Waves(x, (20, 6), (20, 2)) + Waves(x, (20, 1), (40, 1.0 / 3)) + Waves(x, (150, 1.0 / 12), (300, 1.0 / 30));

        var radians = double.DegreesToRadians(latitude);
        var flatness = 1 - (EccentricitySquared * Math.Sin(radians) * Math.Sin(radians));
        var meridian = SemiMajorMeters * (1 - EccentricitySquared) / (flatness * Math.Sqrt(flatness));
        var parallel = SemiMajorMeters / Math.Sqrt(flatness) * Math.Cos(radians);
        return (longitude + double.RadiansToDegrees(east / parallel), latitude + double.RadiansToDegrees(north / meridian));
    }

    /// <summary>The shift has no closed inverse: steps towards the point whose shifted place is the given one; to better than 1 mm.</summary>
    public static (double Longitude, double Latitude) ToWgs84(double longitude, double latitude)
    {
        var (x, y) = (longitude, latitude);
        for (var i = 0; i < Steps; i++)
        {
            var (shiftedX, shiftedY) = FromWgs84(x, y);
            (x, y) = (x + longitude - shiftedX, y + latitude - shiftedY);
        }

        return (x, y);
    }

    private static double Waves(double at, (double Height, double Rate) first, (double Height, double Rate) second) =>
        ((first.Height * Math.Sin(first.Rate * at * Math.PI)) + (second.Height * Math.Sin(second.Rate * at * Math.PI))) * 2 / 3;
}

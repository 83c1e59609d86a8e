namespace CommandCenter.Geo;

/// <summary>Distances on the sphere of the earth's mean radius; within 0.5 % of the ellipsoid, which is finer than any phone's fix.</summary>
public static class Distance
{
    /// <summary>Mean earth radius R1 of GRS 80, metres.</summary>
    public const double EarthRadiusMeters = 6_371_008.8;

    private const double RadiansPerE7 = Math.PI / 180 / 1e7;

    /// <summary>Great-circle distance by the haversine formula (R. W. Sinnott, 1984), metres; arguments in 1e-7 degrees.</summary>
    public static double Meters(int longitudeE7A, int latitudeE7A, int longitudeE7B, int latitudeE7B)
    {
        var latitudeA = latitudeE7A * RadiansPerE7;
        var latitudeB = latitudeE7B * RadiansPerE7;
        var halfDeltaLatitude = Math.Sin((latitudeB - latitudeA) / 2);
        var halfDeltaLongitude = Math.Sin(((double)longitudeE7B - longitudeE7A) * RadiansPerE7 / 2);
        var h = (halfDeltaLatitude * halfDeltaLatitude)
            + (Math.Cos(latitudeA) * Math.Cos(latitudeB) * halfDeltaLongitude * halfDeltaLongitude);
        return 2 * EarthRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}

namespace CommandCenter.LoadGenerator.Load;

/// <summary>Where the load walks: around the middle of the area that the account is for, within 5 km.</summary>
/// <param name="LongitudeE7">Of the middle, 1e-7°; three digits before the point.</param>
/// <param name="LatitudeE7">Of the middle; two digits.</param>
internal sealed record Ground(int LongitudeE7, int LatitudeE7)
{
    /// <summary>Taiyuan, for an area without a polygon or where degrees have other digits.</summary>
    public static readonly Ground Usual = new(1_125_700_000, 378_600_000);

    public static Ground Around(double[]? center) =>
        center is [>= 100.1 and <= 179.8, >= 10.1 and <= 80] ? new Ground((int)(center[0] * 1e7), (int)(center[1] * 1e7)) : Usual;

    public (int LongitudeE7, int LatitudeE7) DegreesOf(Place place) => (LongitudeE7 - (Motion.Reach / 2) + place.Longitude, LatitudeE7 + place.Latitude);

    public Place PlaceOf(int longitudeE7, int latitudeE7, bool east) => new(longitudeE7 - LongitudeE7 + (Motion.Reach / 2), latitudeE7 - LatitudeE7, east);
}

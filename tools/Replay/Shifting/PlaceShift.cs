namespace CommandCenter.Replay.Shifting;

/// <summary>
/// Moves places so that what lay at the anchor lies at the target. The way from the anchor is taken in metres east and north and
/// laid off again at the target, so that shapes and speeds stay true where degrees of longitude have another length.
/// </summary>
public sealed class PlaceShift(double anchorLongitude, double anchorLatitude, double targetLongitude, double targetLatitude)
{
    /// <summary>Mean radius of the earth, 6,371,008.8 m.</summary>
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly double _stretch = Cosine(anchorLatitude) / Cosine(targetLatitude);

    /// <summary>A shift by metres east and north.</summary>
    public static PlaceShift By(double anchorLongitude, double anchorLatitude, double eastMeters, double northMeters)
    {
        var latitude = anchorLatitude + (northMeters / MetersPerDegree);
        var longitude = anchorLongitude + (eastMeters / (MetersPerDegree * Cosine(latitude)));
        return new PlaceShift(anchorLongitude, anchorLatitude, longitude, latitude);
    }

    /// <summary>The place may come to lie beyond 180 degrees or the pole, when a track is longer than its new place has room.</summary>
    public (double Longitude, double Latitude) Move(double longitude, double latitude) =>
        (targetLongitude + ((longitude - anchorLongitude) * _stretch), targetLatitude + (latitude - anchorLatitude));

    private static double Cosine(double latitude) => Math.Cos(latitude * Math.PI / 180);
}

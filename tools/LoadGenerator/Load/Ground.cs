using System.Globalization;

namespace CommandCenter.LoadGenerator.Load;

/// <summary>Where the load walks: around the middle of the area that the account is for, within 5 km.</summary>
/// <param name="LongitudeE7">Of the middle, 1e-7°; 100 to 180 or so, since requests have three digits for it.</param>
/// <param name="LatitudeE7">Of the middle.</param>
internal sealed record Ground(int LongitudeE7, int LatitudeE7)
{
    /// <summary>Taiyuan, for an area without a polygon.</summary>
    public static readonly Ground Usual = new(1_125_700_000, 378_600_000);

    public static Ground Around(double[]? center)
    {
        if (center is not [var longitude, var latitude] || longitude is < 100.1 or > 179.8)
        {
            return Usual;
        }

        return new Ground((int)(longitude * 1e7), (int)(latitude * 1e7));
    }

    public int LongitudeE7Of(int place) => LongitudeE7 - (Motion.Reach / 2) + place;

    public int PlaceOf(int longitudeE7) => longitudeE7 - LongitudeE7 + (Motion.Reach / 2);

    public int LatitudeE7Of(int worker) => LatitudeE7 + Motion.LatitudeOf(worker);

    /// <summary>Of one length on either side of the equator, all digits.</summary>
    public static string Text(int e7) => (e7 / 1e7).ToString("00.0000000;-00.0000000", CultureInfo.InvariantCulture);
}

namespace CommandCenter.Geo;

/// <summary>BD-09, Baidu's datum: GCJ-02 shifted once more, by a turn and a stretch around (0, 0) with small waves.</summary>
public static class Bd09
{
    private const double EastShift = 0.0065;
    private const double NorthShift = 0.006;
    private const double WaveRate = Math.PI * 3000 / 180;
    private const int Steps = 4;

    public static (double Longitude, double Latitude) FromWgs84(double longitude, double latitude)
    {
        var (x, y) = Gcj02.FromWgs84(longitude, latitude);
        return FromGcj02(x, y);
    }

    /// <summary>To better than 1 mm.</summary>
    public static (double Longitude, double Latitude) ToWgs84(double longitude, double latitude)
    {
        var (x, y) = (longitude - EastShift, latitude - NorthShift);
        for (var i = 0; i < Steps; i++)
        {
            var (shiftedX, shiftedY) = FromGcj02(x, y);
            (x, y) = (x + longitude - shiftedX, y + latitude - shiftedY);
        }

        return Gcj02.ToWgs84(x, y);
    }

    private static (double Longitude, double Latitude) FromGcj02(double x, double y)
    {
        var distance = Math.Sqrt((x * x) + (y * y)) + (0.00002 * Math.Sin(y * WaveRate));
        var angle = Math.Atan2(y, x) + (0.000003 * Math.Cos(x * WaveRate));
        return ((distance * Math.Cos(angle)) + EastShift, (distance * Math.Sin(angle)) + NorthShift);
    }
}

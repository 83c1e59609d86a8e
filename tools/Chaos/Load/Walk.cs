using CommandCenter.Chaos.Center;
using CommandCenter.Phones;

namespace CommandCenter.Chaos.Load;

/// <summary>Where a worker is at a moment: on a circle of 50 m around home at 1.3 m/s, so that any two fixes agree and the newest is the one to show.</summary>
internal static class Walk
{
    private const double RadiusMeters = 50;
    private const double SpeedMps = 1.3;
    private const double MetersADegree = 111_320;

    public static (int LongitudeE7, int LatitudeE7) At(ReportingWorker worker, long timeMs)
    {
        var angle = (timeMs % 86_400_000 / 1000.0 * SpeedMps / RadiusMeters) + worker.Id;
        var latitude = worker.Latitude + (RadiusMeters * Math.Sin(angle) / MetersADegree);
        var longitude = worker.Longitude + (RadiusMeters * Math.Cos(angle) / MetersADegree / Math.Cos(worker.Latitude * Math.PI / 180));
        return ((int)Math.Round(longitude * 1e7), (int)Math.Round(latitude * 1e7));
    }

    public static PhoneFix FixAt(ReportingWorker worker, long timeMs)
    {
        var (longitude, latitude) = At(worker, timeMs);
        return new PhoneFix { FixTimeMs = timeMs, Longitude = longitude / 1e7, Latitude = latitude / 1e7, SpeedMps = SpeedMps, AccuracyMeters = 8, BatteryPercent = 70 };
    }
}

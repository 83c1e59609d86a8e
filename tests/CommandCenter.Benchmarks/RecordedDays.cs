using CommandCenter.Geo;
using CommandCenter.Replay.Reading;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;

namespace CommandCenter.Benchmarks;

/// <summary>
/// Recorded tracks, such as GeoLife's, as workers of one day: each day of each recording is a worker, at its own time of the day. Recordings lack speed and
/// course, which phones send: they are worked out from the places, else a fix would seem smaller than it is.
/// </summary>
internal static class RecordedDays
{
    private const int FirstWorker = 10_000;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<Fix>> Read(string file, long day)
    {
        var sink = new TrackSink(new Wanted());
        if (TrackFile.Read(file, ColumnMap.Guessing, sink) is { } fault)
        {
            throw new IOException(fault);
        }

        return [.. sink.Points.GroupBy(point => (point.Track, TrackPartitions.DayOf(point.TimeMs))).Select((points, i) => Track(FirstWorker + i, day, points))];
    }

    private static List<Fix> Track(int worker, long day, IEnumerable<TrackPoint> points)
    {
        var fixes = new List<Fix>();
        foreach (var point in points.OrderBy(point => point.TimeMs).DistinctBy(point => point.TimeMs))
        {
            var fix = new Fix
            {
                DeviceId = worker,
                WorkerId = worker,
                FixTimeMs = day + (point.TimeMs % TrackPartitions.DayMilliseconds),
                LongitudeE7 = (int)Math.Round(point.Longitude * 1e7),
                LatitudeE7 = (int)Math.Round(point.Latitude * 1e7),
                SpeedCmps = Fix.UnknownSpeed,
                HeadingDeci = Fix.UnknownHeading,
                AccuracyDm = Fix.UnknownAccuracy,
                AltitudeM = float.IsNaN(point.AltitudeMeters) ? Fix.UnknownAltitude : (short)point.AltitudeMeters,
                BatteryPercent = Fix.UnknownBattery,
            };
            fixes.Add(fixes.Count == 0 ? fix : Moving(fixes[^1], fix));
        }

        return fixes;
    }

    private static Fix Moving(in Fix from, in Fix to)
    {
        var meters = Distance.Meters(from.LongitudeE7, from.LatitudeE7, to.LongitudeE7, to.LatitudeE7);
        var east = (to.LongitudeE7 - from.LongitudeE7) * Math.Cos(to.LatitudeE7 / 1e7 * Math.PI / 180);
        var degrees = Math.Atan2(east, to.LatitudeE7 - from.LatitudeE7) * 180 / Math.PI;
        return to with
        {
            SpeedCmps = (ushort)Math.Min(meters * 100_000 / (to.FixTimeMs - from.FixTimeMs), Fix.UnknownSpeed - 1),
            HeadingDeci = (ushort)((int)((degrees + 360) * 10) % 3_600),
        };
    }
}

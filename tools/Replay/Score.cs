using CommandCenter.Phones;
using CommandCenter.Replay.Reading;
using CommandCenter.Replay.Shifting;

namespace CommandCenter.Replay;

/// <summary>
/// What is to be played: for each device its fixes and, for each fix, when it is due after the start. With a shift to now and a pace, a
/// fix bears the moment at which it is played, so speeds grow with the pace; else it bears its own shifted time.
/// </summary>
public sealed class Score
{
    private Score(Part[] parts, int tracks, long firstMs, long lastMs, long misplaced) =>
        (Parts, Tracks, FirstMs, LastMs, Misplaced) = (parts, tracks, firstMs, lastMs, misplaced);

    public IReadOnlyList<Part> Parts { get; }

    public int Tracks { get; }

    /// <summary>The earliest fix time, ms since 1970 UTC, as it will be sent.</summary>
    public long FirstMs { get; }

    public long LastMs { get; }

    /// <summary>Fixes that the shift moved off the map.</summary>
    public long Misplaced { get; }

    public long Fixes => Parts.Sum(p => (long)p.Fixes.Count);

    /// <param name="points">At least one.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="devices">At least one.</param>
    /// <param name="nowMs">ms since 1970 UTC: when the replay starts.</param>
    public static Score Write(IReadOnlyList<TrackPoint> points, ReplayOptions options, int devices, long nowMs)
    {
        var tracks = Arrangement.Tracks(points, options.ByDay);
        var hands = Arrangement.Deal(tracks, devices, options.Arrange);
        var first = hands.Min(h => h.Count == 0 ? long.MaxValue : h[0].TimeMs);
        var last = hands.Max(h => h.Count == 0 ? long.MinValue : h[^1].TimeMs);
        var live = options is { Speed: not null, ShiftTime.Kind: TimeShiftKind.Now };
        var pace = options.Speed ?? 1;
        var offset = options.ShiftTime.OffsetMs(first, last, nowMs);
        var shift = ShiftOf(points, options);
        long misplaced = 0;
        var parts = new Part[devices];
        for (var i = 0; i < devices; i++)
        {
            parts[i] = new Part(new List<PhoneFix>(hands[i].Count), new List<long>(hands[i].Count));
            foreach (var point in hands[i])
            {
                var (longitude, latitude) = shift?.Move(point.Longitude, point.Latitude) ?? (point.Longitude, point.Latitude);
                if (longitude is < -180 or > 180 || latitude is < -90 or > 90)
                {
                    misplaced++;
                    continue;
                }

                var due = options.Speed is null ? 0 : (long)((point.TimeMs - first) / pace);
                parts[i].DueMs.Add(due);
                parts[i].Fixes.Add(ToFix(point, longitude, latitude, live ? nowMs + due : point.TimeMs + offset, live ? pace : 1));
            }
        }

        return live
            ? new Score(parts, tracks.Count, nowMs, nowMs + (long)((last - first) / pace), misplaced)
            : new Score(parts, tracks.Count, first + offset, last + offset, misplaced);
    }

    private static PlaceShift? ShiftOf(IReadOnlyList<TrackPoint> points, ReplayOptions options)
    {
        if (options.ShiftTo is null && options.ShiftPlace is null)
        {
            return null;
        }

        var (longitude, latitude) = Arrangement.Middle(points);
        return options.ShiftTo is { } target
            ? new PlaceShift(longitude, latitude, target.Longitude, target.Latitude)
            : PlaceShift.By(longitude, latitude, options.ShiftPlace!.Value.East, options.ShiftPlace.Value.North);
    }

    private static PhoneFix ToFix(in TrackPoint point, double longitude, double latitude, long timeMs, double pace) => new()
    {
        FixTimeMs = timeMs,
        Longitude = longitude,
        Latitude = latitude,
        SpeedMps = Known(point.SpeedMps) * pace,
        HeadingDegrees = Known(point.HeadingDegrees) is { } heading ? heading % 360 : null,
        AccuracyMeters = Known(point.AccuracyMeters),
        AltitudeMeters = Known(point.AltitudeMeters),
    };

    private static double? Known(float value) => float.IsNaN(value) ? null : Math.Round(value, 2);
}

/// <summary>One device's fixes, oldest first, and when each is due, in ms after the start.</summary>
public sealed record Part(List<PhoneFix> Fixes, List<long> DueMs);

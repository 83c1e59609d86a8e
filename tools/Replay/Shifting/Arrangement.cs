using CommandCenter.Replay.Reading;

namespace CommandCenter.Replay.Shifting;

/// <summary>How tracks lie to each other in time.</summary>
public enum Arrange
{
    /// <summary>As recorded.</summary>
    Kept,

    /// <summary>All begin at one moment: tracks of different days become one common day.</summary>
    Together,

    /// <summary>Each device plays its tracks one after another, a minute apart.</summary>
    Chained,
}

/// <summary>Tracks made of points, and dealt out to devices. Pure.</summary>
public static class Arrangement
{
    private const long PauseMs = 60_000;
    private const long DayMs = 86_400_000;

    /// <summary>Groups points by track, each in the order of time; with <paramref name="byDay"/> each UTC day of a track is a track of its own.</summary>
    public static List<List<TrackPoint>> Tracks(IEnumerable<TrackPoint> points, bool byDay)
    {
        var tracks = new Dictionary<(string, long), List<TrackPoint>>();
        foreach (var point in points)
        {
            var key = (point.Track, byDay ? point.TimeMs / DayMs : 0);
            if (!tracks.TryGetValue(key, out var track))
            {
                tracks[key] = track = [];
            }

            track.Add(point);
        }

        var all = tracks.Values.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            all[i] = InOrder(all[i]);
        }

        return all;
    }

    /// <summary>Deals the tracks out round robin; each device's points come back in the order of time, with times as arranged.</summary>
    public static List<TrackPoint>[] Deal(List<List<TrackPoint>> tracks, int devices, Arrange arrange)
    {
        var hands = new List<TrackPoint>[devices];
        for (var i = 0; i < devices; i++)
        {
            hands[i] = [];
        }

        if (tracks.Count == 0)
        {
            return hands;
        }

        var first = tracks.Min(t => t[0].TimeMs);
        for (var i = 0; i < tracks.Count; i++)
        {
            var hand = hands[i % devices];
            var start = tracks[i][0].TimeMs;
            var begin = arrange switch
            {
                Arrange.Together => first,
                Arrange.Chained => hand.Count == 0 ? first : hand[^1].TimeMs + PauseMs,
                _ => start,
            };
            foreach (var point in tracks[i])
            {
                hand.Add(point with { TimeMs = point.TimeMs + begin - start });
            }
        }

        return [.. hands.Select(InOrder)];
    }

    /// <summary>The middle of all places: outliers, such as a flight, do not pull it away.</summary>
    public static (double Longitude, double Latitude) Middle(IReadOnlyList<TrackPoint> points)
    {
        var longitudes = points.Select(p => p.Longitude).ToArray();
        var latitudes = points.Select(p => p.Latitude).ToArray();
        Array.Sort(longitudes);
        Array.Sort(latitudes);
        return (longitudes[longitudes.Length / 2], latitudes[latitudes.Length / 2]);
    }

    /// <summary>Points of one moment stay in the order of the file.</summary>
    private static List<TrackPoint> InOrder(List<TrackPoint> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].TimeMs < points[i - 1].TimeMs)
            {
                return [.. points.OrderBy(p => p.TimeMs)];
            }
        }

        return points;
    }
}

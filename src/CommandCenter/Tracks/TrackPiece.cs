using System.Runtime.InteropServices;
using CommandCenter.Geo;

namespace CommandCenter.Tracks;

/// <summary>
/// A stretch of one worker's fixes within one UTC hour, ready to store. Length is the sum of great circles in metres; bounds in 1e-7 degrees.
/// </summary>
public sealed record TrackPiece(
    int WorkerId,
    long HourMs,
    long FirstMs,
    long LastMs,
    int Count,
    int WestE7,
    int SouthE7,
    int EastE7,
    int NorthE7,
    float LengthMeters,
    byte[] Body)
{
    public const long HourMilliseconds = 3_600_000;

    public static long HourOf(long fixTimeMs) => fixTimeMs - Mod(fixTimeMs, HourMilliseconds);

    /// <summary>The hours that [from, to) touches, in order.</summary>
    public static long[] HoursOf(long fromMs, long toMs)
    {
        var hours = new List<long>();
        for (var hour = HourOf(fromMs); hour < toMs; hour += HourMilliseconds)
        {
            hours.Add(hour);
        }

        return [.. hours];
    }

    /// <param name="fixes">One worker's within one hour, in any order; sorted and deduplicated in place.</param>
    public static TrackPiece From(List<Fix> fixes)
    {
        FixOrder.SortAndDeduplicate(fixes);
        var span = CollectionsMarshal.AsSpan(fixes);
        int west = int.MaxValue, south = int.MaxValue, east = int.MinValue, north = int.MinValue;
        double length = 0;
        for (var i = 0; i < span.Length; i++)
        {
            ref readonly var fix = ref span[i];
            west = Math.Min(west, fix.LongitudeE7);
            east = Math.Max(east, fix.LongitudeE7);
            south = Math.Min(south, fix.LatitudeE7);
            north = Math.Max(north, fix.LatitudeE7);
            if (i > 0)
            {
                length += Distance.Meters(span[i - 1].LongitudeE7, span[i - 1].LatitudeE7, fix.LongitudeE7, fix.LatitudeE7);
            }
        }

        return new TrackPiece(
            span[0].WorkerId, HourOf(span[0].FixTimeMs), span[0].FixTimeMs, span[^1].FixTimeMs, span.Length,
            west, south, east, north, (float)length, TrackCodec.Encode(span));
    }

    private static long Mod(long value, long by) => ((value % by) + by) % by;
}

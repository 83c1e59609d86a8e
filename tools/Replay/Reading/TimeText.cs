using System.Globalization;

namespace CommandCenter.Replay.Reading;

/// <summary>The ways in which track files write a time. Without an offset it is UTC.</summary>
public static class TimeText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzz", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd HH:mmK",
        "yyyy/MM/dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd",
    ];

    private static readonly long Latest = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>ISO 8601, <c>yyyy-MM-dd HH:mm:ss+00</c>, seconds (with or without fraction) or milliseconds since 1970; from 1970 to 2100.</summary>
    public static bool TryParse(string? text, out long timeMs)
    {
        timeMs = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        text = text.Trim();
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e15m)
        {
            timeMs = (long)(number < 1e11m ? number * 1000 : number); // 1e11 s is the year 5138, 1e11 ms is 1973
        }
        else if (DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            timeMs = time.ToUnixTimeMilliseconds();
        }
        else
        {
            return false;
        }

        return timeMs > 0 && timeMs < Latest;
    }
}

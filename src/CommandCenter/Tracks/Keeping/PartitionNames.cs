using System.Globalization;

namespace CommandCenter.Tracks.Keeping;

/// <summary>Which UTC day a partition of <c>track_segments</c> is for, by its name: <c>track_segments_20260131</c>.</summary>
internal static class PartitionNames
{
    private const string Prefix = "track_segments_";

    public static bool TryDayOf(string table, out long dayMs)
    {
        dayMs = 0;
        if (!table.StartsWith(Prefix, StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(table[Prefix.Length..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            return false;
        }

        dayMs = day.ToUnixTimeMilliseconds();
        return true;
    }
}

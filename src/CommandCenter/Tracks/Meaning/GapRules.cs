namespace CommandCenter.Tracks.Meaning;

/// <summary>From when on a silence is a gap: the one idea of it, for the card, the page, the exports and the summaries. Pure.</summary>
public static class GapRules
{
    /// <summary>Reporting intervals are told apart no finer than this, seconds, so that one more fix does not move the threshold.</summary>
    private static ReadOnlySpan<short> Classes => [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1_800, 3_600];

    /// <summary>
    /// max(GapSeconds, GapIntervals × the device's median reporting interval), at most TrackEndSeconds; ms. The median is the upper bound of the class that
    /// holds it; silences past TrackEndSeconds are no interval of reporting and do not count.
    /// </summary>
    /// <param name="fixes">One worker's, in <see cref="FixOrder"/>.</param>
    public static long ThresholdMs(ReadOnlySpan<Fix> fixes, TrackMeaningOptions options)
    {
        var classes = Classes;
        Span<int> counts = stackalloc int[classes.Length];
        counts.Clear();
        var total = 0;
        var longest = Math.Min(options.TrackEndMs, classes[^1] * 1_000L);
        for (var i = 1; i < fixes.Length; i++)
        {
            var interval = fixes[i].FixTimeMs - fixes[i - 1].FixTimeMs;
            if (interval > 0 && interval <= longest)
            {
                counts[ClassOf(interval, classes)]++;
                total++;
            }
        }

        var median = 0;
        for (var (at, seen) = (0, 0); at < classes.Length && total > 0; at++)
        {
            seen += counts[at];
            if (seen * 2 >= total)
            {
                median = classes[at];
                break;
            }
        }

        var seconds = Math.Max(options.GapSeconds, options.GapIntervals * median);
        return (long)(Math.Min(seconds, options.TrackEndSeconds) * 1_000);
    }

    private static int ClassOf(long intervalMs, ReadOnlySpan<short> classes)
    {
        var at = 0;
        while (at < classes.Length - 1 && intervalMs > classes[at] * 1_000L)
        {
            at++;
        }

        return at;
    }
}

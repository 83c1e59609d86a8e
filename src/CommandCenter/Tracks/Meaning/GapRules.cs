namespace CommandCenter.Tracks.Meaning;

/// <summary>From when on a silence is a gap: the one idea of it, for the card, the page, the exports, GeoJSON and the summaries. Pure.</summary>
public static class GapRules
{
    /// <summary>
    /// max(GapSeconds, GapIntervals × the device's median reporting interval), at most TrackEndSeconds; ms. The median is the upper bound of the class that
    /// holds it; silences past TrackEndSeconds are no interval of reporting and do not count.
    /// </summary>
    /// <param name="fixes">One worker's, in <see cref="FixOrder"/>.</param>
    /// <param name="options">The thresholds.</param>
    public static long ThresholdMs(ReadOnlySpan<Fix> fixes, TrackMeaningOptions options)
    {
        Span<int> counts = stackalloc int[ReportingIntervals.ClassCount];
        counts.Clear();
        ReportingIntervals.Count(fixes, null, options, counts);
        return OfCounts(counts, options);
    }

    internal static long OfCounts(ReadOnlySpan<int> counts, TrackMeaningOptions options)
    {
        var seconds = Math.Max(options.GapSeconds, options.GapIntervals * ReportingIntervals.MedianSeconds(counts));
        return (long)(Math.Min(seconds, options.TrackEndSeconds) * 1_000);
    }
}

/// <summary>
/// What <see cref="GapRules"/> must know of a track that is read piece by piece and is too long to be held: how often its device reports. The threshold after the last
/// piece is the one that <see cref="GapRules.ThresholdMs(ReadOnlySpan{Fix}, TrackMeaningOptions)"/> has for the whole.
/// </summary>
public sealed class ReportingIntervals(TrackMeaningOptions options)
{
    private readonly int[] _counts = new int[ClassCount];
    private long? _lastMs;

    internal static int ClassCount => Classes.Length;

    /// <summary>Reporting intervals are told apart no finer than this, seconds, so that one more fix does not move the threshold.</summary>
    private static ReadOnlySpan<short> Classes => [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1_800, 3_600];

    /// <summary>Of what was added so far.</summary>
    public long ThresholdMs => GapRules.OfCounts(_counts, options);

    /// <param name="fixes">The next of the worker, in <see cref="FixOrder"/>.</param>
    public void Add(ReadOnlySpan<Fix> fixes)
    {
        Count(fixes, _lastMs, options, _counts);
        _lastMs = fixes.IsEmpty ? _lastMs : fixes[^1].FixTimeMs;
    }

    internal static void Count(ReadOnlySpan<Fix> fixes, long? before, TrackMeaningOptions options, Span<int> counts)
    {
        var classes = Classes;
        var longest = Math.Min(options.TrackEndMs, classes[^1] * 1_000L);
        foreach (ref readonly var fix in fixes)
        {
            if (before is { } last && fix.FixTimeMs - last is > 0 and var interval && interval <= longest)
            {
                counts[ClassOf(interval, classes)]++;
            }

            before = fix.FixTimeMs;
        }
    }

    /// <summary>0: nothing was counted.</summary>
    internal static int MedianSeconds(ReadOnlySpan<int> counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var seen = 0L;
        for (var at = 0; at < counts.Length && total > 0; at++)
        {
            seen += counts[at];
            if (seen * 2 >= total)
            {
                return Classes[at];
            }
        }

        return 0;
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

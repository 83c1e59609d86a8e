namespace CommandCenter.Tracks.Meaning;

/// <summary>A time in which nobody gets anywhere: what the fixes within it tell of ways is the drift of a resting phone. Ms since 1970 UTC, both ends included.</summary>
internal readonly record struct RestSpan(long FromMs, long ToMs);

/// <summary>
/// Where <see cref="LengthRules"/> counts no leg by itself: stops, and all rests beside them, which count as the straight way from their beginning to their end or not at all. Pure.
/// </summary>
internal static class DriftRules
{
    /// <param name="samples">Marked by <see cref="MotionRules"/>.</param>
    /// <param name="stops">Of the same samples, in order.</param>
    public static List<RestSpan> Of(TrackSamples samples, List<StopSpan> stops)
    {
        var rests = new List<RestSpan>();
        var stop = 0;
        var (from, ofStop) = (-1, false);
        for (var i = 0; i <= samples.Count; i++)
        {
            while (stop < stops.Count && stops[stop].Last < i)
            {
                stop++;
            }

            var inStop = i < samples.Count && stop < stops.Count && i > stops[stop].First;
            var isRest = i > 0 && i < samples.Count && LengthRules.Rests(samples, i, inStop);
            if (from >= 0 && (!isRest || inStop != ofStop))
            {
                rests.Add(new RestSpan(samples.Ms[from], samples.Ms[i - 1]));
                from = -1;
            }

            if (isRest && from < 0)
            {
                (from, ofStop) = (i - 1, inStop);
            }
        }

        return rests;
    }
}

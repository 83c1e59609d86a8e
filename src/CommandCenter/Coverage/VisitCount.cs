namespace CommandCenter.Coverage;

/// <summary>Tells visits from passes: stays in one square, between which nobody was away for long, are one or the other. Pure.</summary>
public static class VisitCount
{
    /// <param name="stays">In one square, by time.</param>
    /// <param name="options">What a visit is.</param>
    public static CellDay Of(ReadOnlySpan<CellStay> stays, CoverageOptions options)
    {
        var (within, least) = (options.VisitWithinMinutes * 60_000L, options.VisitSeconds * 1_000L);
        var (visits, passes, dwell) = (0, 0, 0L);
        for (int first = 0, end; first < stays.Length; first = end)
        {
            end = first + 1;
            while (end < stays.Length && stays[end].FromMs - stays[end - 1].ToMs < within)
            {
                end++;
            }

            _ = IsVisit(stays[first..end], within, least) ? visits++ : passes++;
        }

        foreach (var stay in stays)
        {
            dwell += stay.ToMs - stay.FromMs;
        }

        return new CellDay(CoverageCell.FromKey(stays[0].Key), (int)dwell, visits, passes, stays[^1].ToMs);
    }

    /// <summary>Some stretch of that length holds enough: it may be taken to begin where a stay does, or to end where one does.</summary>
    private static bool IsVisit(ReadOnlySpan<CellStay> stays, long within, long least)
    {
        for (var i = 0; i < stays.Length; i++)
        {
            var (begin, end) = (stays[i].FromMs, stays[i].ToMs);
            var (after, before) = (0L, 0L);
            for (var j = i; j < stays.Length && stays[j].FromMs < begin + within; j++)
            {
                after += Math.Min(begin + within, stays[j].ToMs) - stays[j].FromMs;
            }

            for (var j = i; j >= 0 && stays[j].ToMs > end - within; j--)
            {
                before += stays[j].ToMs - Math.Max(end - within, stays[j].FromMs);
            }

            if (Math.Max(after, before) >= least)
            {
                return true;
            }
        }

        return false;
    }
}

using CommandCenter.Workers;

namespace CommandCenter.Tracks;

/// <summary>Silences of a worker on duty. Pure.</summary>
public static class TrackGaps
{
    /// <summary>
    /// Stretches within [from, to) of duty during which no fix came for longer than <paramref name="longestMs"/>: between two fixes, before the first of a
    /// duty and after its last.
    /// </summary>
    /// <param name="times">FixTimes in ms, sorted.</param>
    /// <param name="duty">Sorted, not overlapping.</param>
    public static List<DutyPeriod> Of(IReadOnlyList<long> times, IReadOnlyList<DutyPeriod> duty, long fromMs, long toMs, long longestMs)
    {
        var gaps = new List<DutyPeriod>();
        var at = 0;
        foreach (var period in duty)
        {
            var start = Math.Max(period.StartMs, fromMs);
            var end = Math.Min(period.EndMs, toMs);
            if (start >= end)
            {
                continue;
            }

            while (at < times.Count && times[at] < start)
            {
                at++;
            }

            var heard = start;
            for (; at < times.Count && times[at] < end; at++)
            {
                Add(heard, times[at]);
                heard = times[at];
            }

            Add(heard, end);
        }

        return gaps;

        void Add(long from, long to)
        {
            if (to - from > longestMs)
            {
                gaps.Add(new DutyPeriod(from, to));
            }
        }
    }
}

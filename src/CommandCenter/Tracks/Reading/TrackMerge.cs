using System.Runtime.InteropServices;

namespace CommandCenter.Tracks.Reading;

/// <summary>
/// Makes of everything known of one worker's hour tracks that follow one another in time, do not overlap, and lie within the interval. What already does is
/// passed on as it was stored, without being decoded. Pure.
/// </summary>
/// <param name="fromMs">Inclusive.</param>
/// <param name="toMs">Exclusive.</param>
/// <param name="damaged">Told of each stored part that cannot be read: it is left out, and what stands around it is given.</param>
public sealed class TrackMerge(long fromMs, long toMs, Action<TrackPart>? damaged = null)
{
    /// <summary>Fixes in one track at most: their bytes, 30 a fix at the worst, stay within a chunk.</summary>
    public const int MostFixes = 8_000;

    /// <summary>A stored body of more bytes is taken apart.</summary>
    public const int MostBytes = 240_000;

    private readonly List<Fix> _fixes = [];

    /// <summary>Gives the tracks and how many fixes each has, in order of time.</summary>
    /// <param name="parts">Of one worker and hour, by first time.</param>
    /// <param name="newest">Of the same, in <see cref="FixOrder"/> without repeats, within the interval; from the log.</param>
    /// <param name="give">Takes each track.</param>
    public void Give(IReadOnlyList<TrackPart> parts, ReadOnlySpan<Fix> newest, Action<byte[], int> give)
    {
        for (var i = 0; i < parts.Count || !newest.IsEmpty;)
        {
            if (i == parts.Count || (!newest.IsEmpty && newest[0].FixTimeMs < parts[i].FirstMs))
            {
                // Fixes of the log up to the next part; where they reach into it they are merged with it below.
                var before = i == parts.Count ? newest.Length : CountUntil(newest, parts[i].FirstMs - 1);
                GiveEncoded(newest[..before], give);
                newest = newest[before..];
                continue;
            }

            // Parts and fixes of the log that overlap in time are one track.
            var end = i + 1;
            var last = parts[i].LastMs;
            while (end < parts.Count && parts[end].FirstMs <= last)
            {
                last = Math.Max(last, parts[end++].LastMs);
            }

            var within = CountUntil(newest, last);
            if (end == i + 1 && within == 0 && parts[i].FirstMs >= fromMs && last < toMs && parts[i].Body.Length <= MostBytes)
            {
                if (parts[i].HasShape)
                {
                    give(parts[i].Body, parts[i].Fixes);
                }
                else
                {
                    damaged?.Invoke(parts[i]);
                }
            }
            else
            {
                _fixes.Clear();
                _fixes.AddRange(newest[..within]);
                for (; i < end; i++)
                {
                    if (!parts[i].TryRead(_fixes))
                    {
                        damaged?.Invoke(parts[i]);
                    }
                }

                FixOrder.SortAndDeduplicate(_fixes);
                var all = CollectionsMarshal.AsSpan(_fixes);
                GiveEncoded(all[CountUntil(all, fromMs - 1)..CountUntil(all, toMs - 1)], give);
            }

            i = end;
            newest = newest[within..];
        }
    }

    private static void GiveEncoded(ReadOnlySpan<Fix> fixes, Action<byte[], int> give)
    {
        while (!fixes.IsEmpty)
        {
            // Two devices may report in the same ms: tracks do not overlap, so it is never divided.
            var count = Math.Min(fixes.Length, MostFixes);
            count = count == fixes.Length ? count : CountUntil(fixes, fixes[count - 1].FixTimeMs);
            give(TrackCodec.Encode(fixes[..count]), count);
            fixes = fixes[count..];
        }
    }

    /// <summary>How many fixes of the sorted span have a FixTime up to and with <paramref name="lastMs"/>.</summary>
    private static int CountUntil(ReadOnlySpan<Fix> fixes, long lastMs)
    {
        int low = 0, high = fixes.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (fixes[middle].FixTimeMs <= lastMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

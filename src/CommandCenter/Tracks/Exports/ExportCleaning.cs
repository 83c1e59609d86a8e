using System.Runtime.InteropServices;
using CommandCenter.Tracks.Meaning;

namespace CommandCenter.Tracks.Exports;

/// <summary>Fixes that a cleaned export holds, where a new stretch begins among them, and what was left out.</summary>
internal sealed record CleanTrack(List<Fix> Fixes, List<bool> Begins, LeftOutFixes LeftOut);

/// <summary>
/// One worker's fixes as they mean something (docs/track-meaning.md): without places made up or too vague, second fixes of one moment, jumps, and what a phone wanders
/// in a stop. Nothing is moved, an SOS at rest stays, and what is left out joins nothing: stretches are parted where the meaning sees no line. Pure; not for two threads.
/// </summary>
internal sealed class ExportCleaning(TrackMeaningOptions options)
{
    private readonly TrackMeaning _meaning = new(options);

    /// <param name="fixes">One worker's, in <see cref="FixOrder"/> and without repeats.</param>
    public CleanTrack Clean(List<Fix> fixes)
    {
        var span = CollectionsMarshal.AsSpan(fixes);
        _meaning.Read(span);
        var kept = _meaning.Kept;
        var believed = new List<Fix>(kept.Count);
        long noPlace = 0, duplicates = 0, jumps = 0;
        foreach (ref readonly var fix in span)
        {
            // Kept ones are told by moment, place and a flag's absence: of two alike the first is the one that was kept.
            var at = believed.Count;
            if ((fix.Flags & CleaningRules.NoPlace) != 0)
            {
                noPlace++;
            }
            else if (at < kept.Count && fix.FixTimeMs == kept.Ms[at] && fix.LongitudeE7 == kept.Longitude[at] && fix.LatitudeE7 == kept.Latitude[at])
            {
                believed.Add(fix);
            }
            else if (at > 0 && fix.FixTimeMs == believed[^1].FixTimeMs)
            {
                duplicates++;
            }
            else
            {
                jumps++;
            }
        }

        var clean = new CleanTrack(new List<Fix>(believed.Count), new List<bool>(believed.Count), new LeftOutFixes(noPlace, duplicates, jumps, 0));
        return clean with { LeftOut = clean.LeftOut with { Drift = LeaveOutDrift(believed, kept.Legs, clean) } };
    }

    /// <summary>Of the fixes in a stop the first and the last of each stretch stay: they say where and how long.</summary>
    private long LeaveOutDrift(List<Fix> believed, Leg[] legs, CleanTrack into)
    {
        long drift = 0;
        var stop = 0;
        for (var i = 0; i < believed.Count; i++)
        {
            var fix = believed[i];
            while (stop < _meaning.Stops.Count && _meaning.Stops[stop].ToMs < fix.FixTimeMs)
            {
                stop++;
            }

            if (i > 0 && i < believed.Count - 1 && stop < _meaning.Stops.Count && legs[i] == Leg.Line && legs[i + 1] == Leg.Line
                && _meaning.Stops[stop].FromMs <= believed[i - 1].FixTimeMs && believed[i + 1].FixTimeMs <= _meaning.Stops[stop].ToMs
                && (fix.Flags & FixFlags.Sos) == 0)
            {
                drift++;
                continue;
            }

            into.Begins.Add(i == 0 || legs[i] != Leg.Line);
            into.Fixes.Add(fix);
        }

        return drift;
    }
}

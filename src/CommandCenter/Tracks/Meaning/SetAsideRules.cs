using CommandCenter.Contracts.Tracks;

namespace CommandCenter.Tracks.Meaning;

/// <summary>Fixes one after another that were set aside for one reason; ms since 1970 UTC, both ends included.</summary>
internal readonly record struct SetAsideSpan(long FromMs, long ToMs, SetAsideReason Reason, int Count);

/// <summary>
/// Which accepted fixes the cleaned view does without, and why: what cleaning dropped, and of the fixes of a rest all but the first and the last, which say where and how
/// long (an SOS stays). Cleaned exports and the summary have it from here. Pure.
/// </summary>
internal static class SetAsideRules
{
    /// <param name="fixes">What <paramref name="meaning"/> read last.</param>
    /// <param name="meaning">Of these fixes.</param>
    /// <param name="verdicts">One for each fix; null: it stays.</param>
    public static void Judge(ReadOnlySpan<Fix> fixes, TrackMeaning meaning, Span<SetAsideReason?> verdicts)
    {
        var kept = meaning.Kept;
        var rests = meaning.IsClean ? meaning.Rests() : [];
        var (at, rest) = (0, 0);
        for (var i = 0; i < fixes.Length; i++)
        {
            ref readonly var fix = ref fixes[i];

            // Kept ones are told by moment, place and a flag's absence: of two alike the first is the one that was kept.
            if ((fix.Flags & meaning.Unbelieved) != 0)
            {
                verdicts[i] = (fix.Flags & FixFlags.Mock) != 0 ? SetAsideReason.Mock : SetAsideReason.Inaccurate;
            }
            else if (at < kept.Count && fix.FixTimeMs == kept.Ms[at] && fix.LongitudeE7 == kept.Longitude[at] && fix.LatitudeE7 == kept.Latitude[at])
            {
                while (rest < rests.Count && rests[rest].ToMs < fix.FixTimeMs)
                {
                    rest++;
                }

                // A rest is all lines, so what lies between two of its fixes is, too.
                verdicts[i] = at > 0 && at < kept.Count - 1 && rest < rests.Count
                    && rests[rest].FromMs <= kept.Ms[at - 1] && kept.Ms[at + 1] <= rests[rest].ToMs
                    && (fix.Flags & FixFlags.Sos) == 0
                        ? SetAsideReason.Drift
                        : null;
                at++;
            }
            else
            {
                verdicts[i] = at > 0 && fix.FixTimeMs == kept.Ms[at - 1] ? SetAsideReason.Duplicate : SetAsideReason.Jump;
            }
        }
    }

    /// <summary>The first <paramref name="most"/> runs, in order of time, and how many fixes are set aside after them.</summary>
    public static (List<SetAsideSpan> Runs, int More) Runs(ReadOnlySpan<Fix> fixes, TrackMeaning meaning, int most)
    {
        var verdicts = new SetAsideReason?[fixes.Length];
        Judge(fixes, meaning, verdicts);
        var runs = new List<SetAsideSpan>();
        var more = 0;
        for (int i = 0, end; i < fixes.Length; i = end)
        {
            for (end = i + 1; end < fixes.Length && verdicts[end] == verdicts[i]; end++)
            {
            }

            if (verdicts[i] is not { } reason)
            {
                continue;
            }

            if (runs.Count < most)
            {
                runs.Add(new SetAsideSpan(fixes[i].FixTimeMs, fixes[end - 1].FixTimeMs, reason, end - i));
            }
            else
            {
                more += end - i;
            }
        }

        return (runs, more);
    }
}

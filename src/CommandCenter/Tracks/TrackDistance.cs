using CommandCenter.Geo;

namespace CommandCenter.Tracks;

/// <summary>
/// How far somebody went. A resting phone's fixes wander some metres for ever, so a step counts only once it is clear of the place where the last
/// counted step ended. Pure.
/// </summary>
public static class TrackDistance
{
    /// <summary>Twice the error of an ordinary fix in a street.</summary>
    public const double StepMeters = 15;

    private const FixFlags Untrusted = FixFlags.Mock | FixFlags.Inaccurate | FixFlags.ImplausibleSpeed;

    /// <summary>Metres along one worker's fixes.</summary>
    /// <param name="fixes">Sorted by <see cref="FixOrder"/>.</param>
    /// <param name="gapMs">A longer silence, as <see cref="Meaning.GapRules"/> says, is not walked: what lies between is not known.</param>
    public static double Meters(ReadOnlySpan<Fix> fixes, long gapMs)
    {
        double meters = 0;
        var anchor = -1;
        long before = 0;
        for (var i = 0; i < fixes.Length; i++)
        {
            ref readonly var fix = ref fixes[i];
            if ((fix.Flags & Untrusted) != 0)
            {
                continue;
            }

            if (anchor < 0 || fix.FixTimeMs - before > gapMs)
            {
                anchor = i;
            }
            else
            {
                var step = Distance.Meters(fixes[anchor].LongitudeE7, fixes[anchor].LatitudeE7, fix.LongitudeE7, fix.LatitudeE7);
                if (step >= StepMeters)
                {
                    meters += step;
                    anchor = i;
                }
            }

            before = fix.FixTimeMs;
        }

        return meters;
    }
}

using CommandCenter.Geo;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Live;

/// <summary>
/// Where a worker's marker stands: a pure function of the few newest fixes by FixTime, so the order of arrival does not matter.
/// The newest wins; one that could only have been reached by a jump waits until another agrees with it.
/// </summary>
public static class MarkerRules
{
    /// <summary>How many of the newest fixes are looked at.</summary>
    public const int Kept = 3;

    /// <summary>Faster than any vehicle in a district: metres per second.</summary>
    public const double PlausibleMps = 60;

    /// <summary>Metres that two fixes of a resting phone may lie apart beyond their stated accuracies.</summary>
    public const double SlackMeters = 50;

    /// <summary>
    /// 1e-7° of latitude, or of longitude at the equator, rounded up: going along one and then the other is never shorter than the great
    /// circle, so that most fixes need no sines.
    /// </summary>
    private const double MostMetersAnE7 = 0.01112;

    /// <param name="newestFirst">Up to <see cref="Kept"/> fixes, newest first.</param>
    /// <returns>Index of the fix to show; -1 when there is none.</returns>
    public static int Pick(ReadOnlySpan<Fix> newestFirst) => newestFirst.Length switch
    {
        0 => -1,
        1 => 0,
        2 => Agree(newestFirst[0], newestFirst[1]) ? 0 : 1,
        _ => Agree(newestFirst[0], newestFirst[1]) || Agree(newestFirst[0], newestFirst[2]) ? 0
            : Agree(newestFirst[1], newestFirst[2]) ? 1
            : 0,
    };

    /// <summary>
    /// Adds a fix to the newest few of a worker, in place; a repeat of an identity keeps the smaller content.
    /// </summary>
    /// <returns>True when the newest few changed.</returns>
    public static bool Keep(Span<Fix> newestFirst, ref byte count, in Fix fix)
    {
        var at = 0;
        for (; at < count; at++)
        {
            var order = FixOrder.CompareIdentity(fix, newestFirst[at]);
            if (order == 0)
            {
                if (FixOrder.CompareContent(fix, newestFirst[at]) >= 0)
                {
                    return false;
                }

                newestFirst[at] = fix;
                return true;
            }

            if (order > 0)
            {
                break;
            }
        }

        if (at == Kept)
        {
            return false;
        }

        count = (byte)Math.Min(Kept, count + 1);
        for (var i = count - 1; i > at; i--)
        {
            newestFirst[i] = newestFirst[i - 1];
        }

        newestFirst[at] = fix;
        return true;
    }

    /// <summary>Could a worker have been at both?</summary>
    public static bool Agree(in Fix a, in Fix b)
    {
        var seconds = Math.Abs(a.FixTimeMs - b.FixTimeMs) / 1000.0;
        var reach = (PlausibleMps * seconds) + SlackMeters + (a.AccuracyMeters ?? 0) + (b.AccuracyMeters ?? 0);
        var detour = (Math.Abs((double)a.LongitudeE7 - b.LongitudeE7) + Math.Abs((double)a.LatitudeE7 - b.LatitudeE7)) * MostMetersAnE7;
        if (detour <= reach)
        {
            return true;
        }

        return Distance.Meters(a.LongitudeE7, a.LatitudeE7, b.LongitudeE7, b.LatitudeE7) <= reach;
    }
}

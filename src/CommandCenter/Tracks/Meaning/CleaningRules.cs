namespace CommandCenter.Tracks.Meaning;

/// <summary>
/// Which fixes of a track are believed. Left out are places made up or too vague (<see cref="NoPlace"/>), a second fix of one moment, and jumps: fixes out of reach
/// of the one before, at a speed implausible for the mode of travel, from which the track leaps back within reach. What does not come back stays: it is a real
/// change of place. Nothing is moved. Pure; one look at each fix, and a bounded look ahead where one is suspicious.
/// </summary>
internal static class CleaningRules
{
    /// <summary>Made up by another app, or of a radius wider than allowed for scoring: no place to draw a line to.</summary>
    public const FixFlags NoPlace = FixFlags.Mock | FixFlags.Inaccurate | FixFlags.Heartbeat;

    /// <summary>A jump of more fixes than this is taken for a change of place.</summary>
    private const int LongestJump = 120;

    /// <summary>Flags of fixes that are left out for what they say; in the raw view signs of life alone.</summary>
    public static FixFlags Unbelieved(bool clean) => clean ? NoPlace : FixFlags.Heartbeat;

    /// <param name="fixes">One worker's, in <see cref="FixOrder"/>.</param>
    /// <param name="clean">False: every fix that has a place and a moment of its own stays.</param>
    public static void Keep(ReadOnlySpan<Fix> fixes, bool clean, long gapMs, TrackMeaningOptions options, KeptFixes kept)
    {
        kept.Restart(fixes.Length);
        var (times, longitudes, latitudes, legs) = (kept.Ms, kept.Longitude, kept.Latitude, kept.Legs);
        var plane = default(LocalPlane);
        var without = Unbelieved(clean);
        var (foot, vehicle, slack) = (options.FootMps / 1_000, options.VehicleMps / 1_000, options.JumpSlackMeters);
        var endMs = options.TrackEndMs;
        var last = -1;
        var count = 0;
        var mode = (Block: -1L, Of: TravelMode.Foot);
        var cameFast = false;
        for (var i = 0; i < fixes.Length; i++)
        {
            ref readonly var fix = ref fixes[i];
            if ((fix.Flags & without) != 0)
            {
                continue;
            }

            var leg = Leg.Start;
            var fast = false;
            if (last >= 0)
            {
                ref readonly var before = ref fixes[last];
                var ms = fix.FixTimeMs - before.FixTimeMs;
                if (ms == 0)
                {
                    continue;
                }

                leg = ms <= gapMs ? Leg.Line : ms <= endMs ? Leg.Gap : Leg.Start;
                if (leg == Leg.Line)
                {
                    var squared = plane.SquaredMeters(before.LongitudeE7, before.LatitudeE7, fix.LongitudeE7, fix.LatitudeE7);
                    var leap = vehicle * ms;
                    var plain = Math.Min(leap, (foot * ms) + slack);
                    if (squared > plain * plain)
                    {
                        if (clean)
                        {
                            var block = fix.FixTimeMs / TravelModes.BlockMs;
                            mode = mode.Block == block ? mode : (block, TravelModes.Of(fixes, i, gapMs, options));
                            var mps = options.PlausibleMps(mode.Of);
                            fast = !IsWithinReach(before, fix, mps, options, ref plane);

                            // Who came here as fast is on a ride, and may turn round.
                            if (fast && !cameFast && Return(fixes, last, i, mps, gapMs, options) is var back and > 0)
                            {
                                i = back - 1;
                                continue;
                            }
                        }

                        leg = squared > leap * leap ? Leg.Leap : leg;
                    }
                }
            }

            times[count] = fix.FixTimeMs;
            longitudes[count] = fix.LongitudeE7;
            latitudes[count] = fix.LatitudeE7;
            legs[count++] = leg;
            last = i;
            cameFast = fast;
        }

        kept.Count = count;
    }

    /// <summary>The first fix after the jump that began at <paramref name="away"/>; 0 when it is none.</summary>
    private static int Return(ReadOnlySpan<Fix> fixes, int home, int away, double mps, long gapMs, TrackMeaningOptions options)
    {
        var plane = default(LocalPlane);
        // The device's own speed is measured apart from its place (by Doppler shift), so it vouches for a fast leg.
        var seconds = (fixes[away].FixTimeMs - fixes[home].FixTimeMs) / 1_000.0;
        var implied = plane.Meters(fixes[home].LongitudeE7, fixes[home].LatitudeE7, fixes[away].LongitudeE7, fixes[away].LatitudeE7) / seconds;
        if (fixes[away].SpeedCmps != Fix.UnknownSpeed && fixes[away].SpeedCmps / 100.0 * 2 >= implied)
        {
            return 0;
        }

        var before = away;
        var (legs, fast) = (0, 0);
        for (var i = away + 1; i < fixes.Length && i - away <= LongestJump; i++)
        {
            ref readonly var fix = ref fixes[i];
            if ((fix.Flags & NoPlace) != 0 || fix.FixTimeMs == fixes[before].FixTimeMs)
            {
                continue;
            }

            if (fix.FixTimeMs - fixes[before].FixTimeMs > gapMs || fix.FixTimeMs - fixes[home].FixTimeMs > options.TrackEndMs)
            {
                return 0;
            }

            if (IsWithinReach(fixes[home], fix, mps, options, ref plane))
            {
                // Home on an ordinary way, or at speed all the time, it was a round trip, and true.
                return IsWithinReach(fixes[before], fix, mps, options, ref plane) || (legs > 1 && fast * 2 > legs) ? 0 : i;
            }

            legs++;
            fast += IsWithinReach(fixes[before], fix, mps, options, ref plane) ? 0 : 1;
            before = i;
        }

        return 0;
    }

    private static bool IsWithinReach(in Fix from, in Fix to, double mps, TrackMeaningOptions options, ref LocalPlane plane) =>
        plane.Meters(from.LongitudeE7, from.LatitudeE7, to.LongitudeE7, to.LatitudeE7)
        <= (mps * (to.FixTimeMs - from.FixTimeMs) / 1_000) + options.JumpSlackMeters;
}

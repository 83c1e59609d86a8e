using CommandCenter.Contracts.Wall;
using CommandCenter.Geo;
using CommandCenter.Tracks;

namespace CommandCenter.Positions.Live;

/// <summary>Thresholds of <see cref="PresenceRules"/>: milliseconds without a sign of life, and metres per second.</summary>
public readonly record struct PresenceThresholds(long StaleMs, long LostMs, double MovingMps);

/// <summary>How a worker is reached right now: from duty, the last sign of life and the newest fixes.</summary>
public static class PresenceRules
{
    /// <summary>Off duty, an SOS is shown for this long.</summary>
    public const long SosShownMs = 3_600_000;

    /// <param name="heardMs">When anything was last received, a heartbeat too; 0: never.</param>
    /// <param name="newestFirst">The newest fixes, as <see cref="MarkerRules"/> keeps them.</param>
    /// <param name="marker">Index of the fix that is shown, -1 for none.</param>
    public static Presence Judge(
        bool onDuty, long heardMs, ReadOnlySpan<Fix> newestFirst, int marker, long nowMs, in PresenceThresholds thresholds)
    {
        if (!onDuty && !(marker >= 0 && (newestFirst[marker].Flags & FixFlags.Sos) != 0 && nowMs - newestFirst[marker].FixTimeMs < SosShownMs))
        {
            return Presence.OffDuty;
        }

        var silence = nowMs - heardMs;
        if (heardMs == 0 || silence >= thresholds.LostMs)
        {
            return Presence.Lost;
        }

        if (silence >= thresholds.StaleMs)
        {
            return Presence.Stale;
        }

        return marker >= 0 && nowMs - newestFirst[marker].FixTimeMs < thresholds.StaleMs
            && SpeedMps(newestFirst, marker) >= thresholds.MovingMps
            ? Presence.Moving
            : Presence.Still;
    }

    /// <summary>
    /// The next moment at which the clock alone may change what <see cref="Judge"/> says, ms since 1970 UTC; <see cref="long.MaxValue"/> when
    /// only news can.
    /// </summary>
    /// <param name="dutyChangeMs">When the worker's duty begins or ends next.</param>
    /// <param name="heardMs">When anything was last received; 0: never.</param>
    /// <param name="shownMs">FixTime of the fix that is shown; 0 for none.</param>
    /// <param name="shownIsSos">It was sent because of an SOS.</param>
    /// <param name="nowMs">The server's clock, ms since 1970 UTC.</param>
    /// <param name="thresholds">Of silence.</param>
    public static long NextChangeMs(long dutyChangeMs, long heardMs, long shownMs, bool shownIsSos, long nowMs, in PresenceThresholds thresholds)
    {
        var next = After(dutyChangeMs, nowMs);
        if (heardMs > 0)
        {
            next = Math.Min(next, After(heardMs + thresholds.StaleMs, nowMs));
            next = Math.Min(next, After(heardMs + thresholds.LostMs, nowMs));
        }

        if (shownMs != 0)
        {
            next = Math.Min(next, After(shownMs + thresholds.StaleMs, nowMs));
            next = shownIsSos ? Math.Min(next, After(shownMs + SosShownMs, nowMs)) : next;
        }

        return next;

        static long After(long moment, long now) => moment > now ? moment : long.MaxValue;
    }

    /// <summary>The shown fix's own speed, or, where the device gave none, the one implied by the fix before it; metres per second.</summary>
    public static double SpeedMps(ReadOnlySpan<Fix> newestFirst, int marker)
    {
        if (newestFirst[marker].SpeedMps is { } reported)
        {
            return reported;
        }

        if (marker + 1 >= newestFirst.Length)
        {
            return 0;
        }

        ref readonly var now = ref newestFirst[marker];
        ref readonly var before = ref newestFirst[marker + 1];
        var seconds = (now.FixTimeMs - before.FixTimeMs) / 1000.0;
        return seconds is <= 0 or > 120
            ? 0
            : Distance.Meters(now.LongitudeE7, now.LatitudeE7, before.LongitudeE7, before.LatitudeE7) / seconds;
    }
}

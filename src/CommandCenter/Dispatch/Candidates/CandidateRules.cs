using CommandCenter.Contracts.Dispatch;
using CommandCenter.Contracts.Wall;
using CommandCenter.Geo;
using CommandCenter.Workers;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>What speaks for somebody and what against; pure. Everything is weighed in seconds, so that a dispatcher can follow the sum.</summary>
public static class CandidateRules
{
    /// <summary>Who is as near has arrived.</summary>
    public const double OnPlaceMeters = 60;

    /// <summary>From here on a way is called a detour: times the straight line.</summary>
    public const double DetourFrom = 2.5;

    private const double DetourFromMeters = 150;
    private const int LowBatteryPercent = 15;
    private const int LowBatterySeconds = 120;
    private const int WeakSignalSeconds = 90;
    private const int ReserveSeconds = 60;
    private const int HomeGroundSeconds = -45;

    /// <summary>Whoever went more often is not held back more: somebody must go.</summary>
    private const int MostLoad = 5;

    /// <summary>A fix of this age is as good as new, seconds.</summary>
    private const double FreshSeconds = 30;

    /// <summary>Why somebody cannot be asked, before any way is looked for; the value goes with the reason.</summary>
    public static (PassedOverFor Reason, double? Value) Exclude(in CandidateFacts who, in CandidatePlace place, PassedOverFor hindered, DispatchOptions options)
    {
        var age = (place.NowMs - who.FixTimeMs) / 1000.0;
        return who.Slot == place.RaisedBy ? (PassedOverFor.RaisedIt, null)
            : who.Presence is Presence.OffDuty or Presence.Gone ? (PassedOverFor.OffDuty, null)
            : hindered != PassedOverFor.None ? (hindered, null)
            : LacksSkill(who.Skills, place.Skills) ? (PassedOverFor.LacksSkill, null)
            : who.FixTimeMs == 0 ? (PassedOverFor.NoPosition, null)
            : who.Presence == Presence.Lost ? (PassedOverFor.Lost, Math.Max(0, age))
            : age > options.OldPositionSeconds ? (PassedOverFor.OldPosition, age)
            : who.AccuracyMeters > options.InaccurateMeters ? (PassedOverFor.Inaccurate, who.AccuracyMeters)
            : (PassedOverFor.None, null);
    }

    private static bool LacksSkill(IReadOnlyList<string>? skills, IReadOnlyList<string>? wanted) =>
        wanted is not null && wanted.Any(skill => skills is null || !WorkerSkills.Has(skills, skill));

    public static double StraightMeters(in CandidateFacts who, in CandidatePlace place) =>
        Distance.Meters(who.LongitudeE7, who.LatitudeE7, place.LongitudeE7, place.LatitudeE7);

    public static double SpeedOf(in CandidateFacts who, DispatchOptions options) => who.SpeedMps >= options.RidingFromMps ? options.RidingMps : options.WalkingMps;

    /// <summary>No way can be shorter than the straight line, nor any score lower than this.</summary>
    public static double BestScore(double straightMeters, DispatchOptions options) => (straightMeters / options.RidingMps) + HomeGroundSeconds;

    /// <param name="who">Somebody not excluded.</param>
    /// <param name="place">To go to.</param>
    /// <param name="meters">To go.</param>
    /// <param name="straightMeters">As the crow flies.</param>
    /// <param name="options">Speeds.</param>
    public static RankedCandidate Weigh(in CandidateFacts who, in CandidatePlace place, double meters, double straightMeters, DispatchOptions options)
    {
        var speed = SpeedOf(who, options);
        var isThere = straightMeters <= OnPlaceMeters;
        var eta = isThere ? straightMeters / speed : meters / speed;
        var age = Math.Max(0, (place.NowMs - who.FixTimeMs) / 1000.0);
        var reasons = new List<CandidateReason> { isThere ? new("onPlace", straightMeters, (int)Math.Round(eta)) : new(who.SpeedMps >= options.RidingFromMps ? "riding" : "walking", speed, (int)Math.Round(eta)) };
        Add(who.OnHomeGround, "homeGround", null, HomeGroundSeconds);
        Add(age > FreshSeconds, "oldFix", Math.Round(age), (int)Math.Round(age - FreshSeconds));
        Add(who.Presence == Presence.Stale, "weakSignal", null, WeakSignalSeconds);
        Add(who.BatteryPercent < LowBatteryPercent, "lowBattery", who.BatteryPercent, LowBatterySeconds);
        Add(who.IsReserve, "reserve", null, ReserveSeconds);
        Add(who.Load > 0, "load", who.Load, Math.Min(who.Load, MostLoad) * options.LoadSeconds);
        Add(!isThere && straightMeters > DetourFromMeters && meters > DetourFrom * straightMeters, "detour", Math.Round(meters / straightMeters, 1), 0);
        return new RankedCandidate(who, meters, straightMeters, eta, eta + reasons.Skip(1).Sum(reason => (double)reason.Seconds), reasons);

        void Add(bool holds, string kind, double? value, int seconds)
        {
            if (holds)
            {
                reasons.Add(new CandidateReason(kind, value, seconds));
            }
        }
    }
}

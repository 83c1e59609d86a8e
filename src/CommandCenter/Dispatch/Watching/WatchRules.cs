using CommandCenter.Alarms;
using CommandCenter.Contracts.Wall;
using CommandCenter.Geo;

namespace CommandCenter.Dispatch.Watching;

/// <summary>What is seen of a worker at one look.</summary>
/// <param name="NowMs">Of the look.</param>
/// <param name="OnDuty">Off duty nobody is watched.</param>
/// <param name="Presence">How the worker is reached.</param>
/// <param name="IsFresh">The newest position is young enough to say where the worker is.</param>
/// <param name="LongitudeE7">Of it, 1e-7°.</param>
/// <param name="LatitudeE7">The same.</param>
/// <param name="AccuracyMeters">Of it.</param>
/// <param name="BatteryPercent">Null when the phone does not say.</param>
/// <param name="IsOutside">Of the own grid, beyond its border zone; null when that cannot be said.</param>
/// <param name="IsUnderWay">To an alarm.</param>
public readonly record struct Watched(
    long NowMs,
    bool OnDuty,
    Presence Presence,
    bool IsFresh,
    int LongitudeE7,
    int LatitudeE7,
    double AccuracyMeters,
    int? BatteryPercent,
    bool? IsOutside,
    bool IsUnderWay);

/// <summary>What is remembered of a worker between looks; the default knows nothing.</summary>
public readonly record struct WatchState
{
    public long OutsideSinceMs { get; init; }

    public long InsideSinceMs { get; init; }

    public bool HasLeft { get; init; }

    public int AnchorLongitudeE7 { get; init; }

    public int AnchorLatitudeE7 { get; init; }

    public long ThereSinceMs { get; init; }

    public bool IsStationary { get; init; }

    public bool IsLow { get; init; }

    public bool IsLost { get; init; }
}

/// <summary>
/// When the center raises an alarm by itself. Each kind is raised once when its condition has lasted, and again only after it was clearly over: a walk along the border, or a battery at
/// its bound, is one alarm and not forty. Pure.
/// </summary>
public static class WatchRules
{
    private const long MinuteMs = 60_000;

    /// <returns>What to remember, and the kinds that begin now.</returns>
    public static (WatchState State, IReadOnlyList<AlarmKind> Raised) Look(in WatchState was, in Watched now, WatchingOptions options)
    {
        if (!now.OnDuty)
        {
            return (default, []);
        }

        var raised = new List<AlarmKind>(0);
        var state = Lost(Battery(Stationary(Grid(was, now, options), now, options), now, options), now, options);
        Begins(!was.IsLost && state.IsLost, AlarmKind.LostContact);
        Begins(!was.HasLeft && state.HasLeft, AlarmKind.LeftGrid);
        Begins(!was.IsStationary && state.IsStationary, AlarmKind.Stationary);
        Begins(!was.IsLow && state.IsLow, AlarmKind.LowBattery);
        return (state, raised);

        void Begins(bool begins, AlarmKind kind)
        {
            if (begins)
            {
                raised.Add(kind);
            }
        }
    }

    private static WatchState Grid(in WatchState was, in Watched now, WatchingOptions options)
    {
        // A position that is old, or none, says neither: what was goes on.
        if (options.LeftGridMinutes == 0 || !now.IsFresh || now.IsOutside is not { } outside)
        {
            return was;
        }

        if (outside)
        {
            var since = was.OutsideSinceMs == 0 ? now.NowMs : was.OutsideSinceMs;
            return was with { OutsideSinceMs = since, InsideSinceMs = 0, HasLeft = was.HasLeft || now.NowMs - since >= options.LeftGridMinutes * MinuteMs };
        }

        var inside = was.InsideSinceMs == 0 ? now.NowMs : was.InsideSinceMs;
        var isBack = now.NowMs - inside >= options.BackMinutes * MinuteMs;
        return was with { OutsideSinceMs = isBack || !was.HasLeft ? 0 : was.OutsideSinceMs, InsideSinceMs = inside, HasLeft = was.HasLeft && !isBack };
    }

    private static WatchState Stationary(in WatchState was, in Watched now, WatchingOptions options)
    {
        if (options.StationaryMinutes == 0 || !now.IsFresh)
        {
            return was;
        }

        var away = was.ThereSinceMs == 0
            ? double.MaxValue
            : Distance.Meters(was.AnchorLongitudeE7, was.AnchorLatitudeE7, now.LongitudeE7, now.LatitudeE7) - now.AccuracyMeters;
        return away > options.StationaryMeters
            ? was with { AnchorLongitudeE7 = now.LongitudeE7, AnchorLatitudeE7 = now.LatitudeE7, ThereSinceMs = now.NowMs, IsStationary = false }
            : was with { IsStationary = was.IsStationary || now.NowMs - was.ThereSinceMs >= options.StationaryMinutes * MinuteMs };
    }

    private static WatchState Battery(in WatchState was, in Watched now, WatchingOptions options) =>
        options.LowBatteryPercent == 0 || now.BatteryPercent is not { } percent ? was
        : percent <= options.LowBatteryPercent ? was with { IsLow = true }
        : percent >= Math.Max(options.ChargedPercent, options.LowBatteryPercent + 1) ? was with { IsLow = false }
        : was;

    private static WatchState Lost(in WatchState was, in Watched now, WatchingOptions options) =>
        was with { IsLost = options.LostContact && now.IsUnderWay && now.Presence == Presence.Lost };
}

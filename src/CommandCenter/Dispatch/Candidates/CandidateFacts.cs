using CommandCenter.Contracts.Wall;

namespace CommandCenter.Dispatch.Candidates;

/// <summary>What is known of somebody at the moment of asking; copied from the live picture, so that nothing is held while the list is made.</summary>
/// <param name="Slot">The worker's number.</param>
/// <param name="Presence">How the worker is reached.</param>
/// <param name="LongitudeE7">Of the shown fix, 1e-7°; meaningless without one.</param>
/// <param name="LatitudeE7">The same.</param>
/// <param name="FixTimeMs">Of the shown fix; 0: there is none.</param>
/// <param name="AccuracyMeters">Of the shown fix; null when the phone does not say.</param>
/// <param name="SpeedMps">Of the shown fix.</param>
/// <param name="BatteryPercent">Null when the phone does not say.</param>
/// <param name="IsReserve">Called up.</param>
/// <param name="OnHomeGround">The alarm lies in the worker's home area.</param>
public readonly record struct CandidateFacts(
    int Slot,
    Presence Presence,
    int LongitudeE7,
    int LatitudeE7,
    long FixTimeMs,
    double? AccuracyMeters,
    double SpeedMps,
    int? BatteryPercent,
    bool IsReserve,
    bool OnHomeGround)
{
    /// <summary>Of the roster; null is none.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>How often they went to alarms within <see cref="DispatchOptions.LoadHours"/>.</summary>
    public int Load { get; init; }
}

/// <summary>The alarm that somebody is to go to.</summary>
/// <param name="LongitudeE7">1e-7°.</param>
/// <param name="LatitudeE7">1e-7°.</param>
/// <param name="RaisedBy">The worker whose alarm it is.</param>
/// <param name="NowMs">Ms since 1970 UTC.</param>
public readonly record struct CandidatePlace(int LongitudeE7, int LatitudeE7, int? RaisedBy, long NowMs)
{
    /// <summary>Who goes must have all of these; null is none.</summary>
    public IReadOnlyList<string>? Skills { get; init; }
}

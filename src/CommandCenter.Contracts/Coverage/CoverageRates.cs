namespace CommandCenter.Contracts.Coverage;

/// <summary>How much of an area and of the areas right below it was patrolled, as answered by <c>GET /api/coverage/rates</c>.</summary>
/// <param name="Area">Code of the area that was asked for.</param>
/// <param name="From">The first day, such as 2026-01-31.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Days">Of the window, as far as it has begun.</param>
/// <param name="Reckoned">How many of them were.</param>
/// <param name="ReckonedAt">As of when the newest of them was reckoned; null: none was.</param>
/// <param name="CorrectedAt">When a day that was over came out otherwise than before; null: none did.</param>
/// <param name="Corrections">The days that did, newest first.</param>
/// <param name="Damaged">Stored stretches of tracks of these days that could not be read and are in no number, of the whole center.</param>
/// <param name="Items">The area itself, then those below it.</param>
/// <param name="Trend">The area's days that were reckoned.</param>
public sealed record CoverageRates(
    string Area,
    string From,
    string To,
    int Days,
    int Reckoned,
    DateTimeOffset? ReckonedAt,
    DateTimeOffset? CorrectedAt,
    IReadOnlyList<CoverageCorrection> Corrections,
    int Damaged,
    IReadOnlyList<CoverageRate> Items,
    IReadOnlyList<CoverageTrendDay> Trend);

/// <summary>Squares of 25 m of one area in a window; definitions in docs/coverage.md.</summary>
/// <param name="Area">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its level.</param>
/// <param name="Patrollable">Squares without masks.</param>
/// <param name="Visited">Those with a visit.</param>
/// <param name="Rate">Share visited, 0 to 1; null: no ground, or no day was reckoned.</param>
/// <param name="Blind">Those over their target at the window's end.</param>
/// <param name="Planned">Those that fell due within the window.</param>
/// <param name="Done">Those of them that were visited in time.</param>
/// <param name="DwellSeconds">Of all workers together.</param>
/// <param name="Visits">Of all workers together.</param>
/// <param name="Unknown">Squares of which nobody can say whether they are blind: not visited in fewer days than their target.</param>
public sealed record CoverageRate(
    string Area,
    string Name,
    [property: OneOf("district", "subdistrict", "community", "grid", "microgrid")] string Kind,
    int Patrollable,
    int Visited,
    double? Rate,
    int Blind,
    int Planned,
    int Done,
    long DwellSeconds,
    long Visits,
    int Unknown);

/// <param name="Day">Such as 2026-01-31.</param>
/// <param name="Rate">Share of the squares that were visited on it; null: no ground.</param>
/// <param name="Visited">Squares.</param>
/// <param name="Patrollable">Squares.</param>
/// <param name="Damaged">Stored stretches of the whole center's tracks that could not be read and are not in it.</param>
public sealed record CoverageTrendDay(string Day, double? Rate, int Visited, int Patrollable, int Damaged);

/// <summary>A day that came out otherwise than when it was over first, because fixes came late or somebody was erased.</summary>
/// <param name="Day">Such as 2026-01-31.</param>
/// <param name="At">When it did last.</param>
/// <param name="Difference">By how much in all since then; null where an area below the whole center was asked for.</param>
public sealed record CoverageCorrection(string Day, DateTimeOffset At, CoverageDifference? Difference);

/// <summary>What there is more of, or less, of all workers together.</summary>
/// <param name="Workers">Who earned anything.</param>
/// <param name="DwellSeconds">In all squares.</param>
/// <param name="Squares">With any of it.</param>
/// <param name="Visits">Of at least half a minute.</param>
/// <param name="Passes">Shorter.</param>
public sealed record CoverageDifference(int Workers, long DwellSeconds, int Squares, long Visits, long Passes);

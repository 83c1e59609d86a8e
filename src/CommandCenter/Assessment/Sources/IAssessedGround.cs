using CommandCenter.Areas;
using CommandCenter.Geo;

namespace CommandCenter.Assessment.Sources;

/// <summary>Which squares of an area are to be patrolled, and how often.</summary>
internal interface IAssessedGround
{
    /// <summary>Read once for a reckoning; a day to come has the ground of today.</summary>
    Task<GroundOfDay> ReadAsync(AreaTree tree, DateOnly day, CancellationToken cancellationToken);
}

/// <summary>The ground as it was on a day. Not for two threads.</summary>
/// <param name="Plane">That squares lie in; null: no area has a polygon.</param>
/// <param name="Of">Squares of an area by its id.</param>
/// <param name="TargetOf">Days within which each is to be visited.</param>
internal sealed record GroundOfDay(GaussKruger? Plane, Func<int, GroundArea> Of, Func<int, int> TargetOf);

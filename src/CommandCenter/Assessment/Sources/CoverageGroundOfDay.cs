using CommandCenter.Areas;
using CommandCenter.Coverage.Ground;

namespace CommandCenter.Assessment.Sources;

/// <summary>The ground as coverage has it: polygons and masks in force that day, today's targets.</summary>
internal sealed class CoverageGroundOfDay(CoverageGround ground, GroundDirectory targets) : IAssessedGround
{
    public async Task<GroundOfDay> ReadAsync(AreaTree tree, DateOnly day, CancellationToken cancellationToken)
    {
        var plan = await ground.OnAsync(day, cancellationToken);
        var known = new Dictionary<int, GroundArea>();
        return new GroundOfDay(
            plan.Plane,
            id => known.TryGetValue(id, out var squares) ? squares : known[id] = new GroundArea(plan.SpansOf(id)),
            id => targets.Current.DaysOf(tree.Find(id)));
    }
}

using CommandCenter.Areas;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Coverage.Ground;

/// <summary>
/// Which squares are to be patrolled, of every area, on any day: by the polygons and masks in force when that day ended. Reckoned when first asked for, and anew
/// when areas or masks change; days between two changes share one.
/// </summary>
public sealed class CoverageGround(
    AreaDirectory areas, GroundDirectory rules, GroundPastStore past, CenterPlane planes, IOptions<CenterOptions> center) : IDisposable
{
    /// <summary>One takes some megabytes for a district, and as many bytes as a large city has squares, three times.</summary>
    private const int MostKept = 4;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LinkedList<Kept> _kept = [];
    private (long Tree, IReadOnlyList<DateTimeOffset> At)? _moments;

    /// <summary>The ground of a day.</summary>
    public async Task<GroundPlan> OnAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (tree, known) = (areas.Current, rules.Current);
            if (_moments is not { } moments || moments.Tree != tree.Version)
            {
                _moments = moments = (tree.Version, await past.MomentsAsync(cancellationToken));
            }

            var ends = JobWindow.StartOf(day.AddDays(1), center.Value);
            var changes = moments.At.Concat(known.Masks.SelectMany(mask => new[] { mask.From, mask.To ?? DateTimeOffset.MaxValue })).Count(at => at < ends);
            var key = (tree.Version, known.MasksVersion, changes, planes.Of(tree)?.Meridian);
            var found = _kept.FirstOrDefault(kept => kept.Key == key);
            if (found is null)
            {
                var plan = await PlanAsync(tree, known, ends, isNow: moments.At.All(at => at < ends), cancellationToken);
                found = new Kept(key, plan);
            }

            _kept.Remove(found);
            _kept.AddFirst(found);
            while (_kept.Count > MostKept)
            {
                _kept.RemoveLast();
            }

            return found.Plan;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<GroundPlan> PlanAsync(AreaTree tree, GroundRules known, DateTimeOffset ends, bool isNow, CancellationToken cancellationToken)
    {
        var masks = known.MasksBefore(ends).Select(mask => mask.Geometry).ToList();
        if (isNow)
        {
            return new GroundPlan(tree, planes.Of(tree), node => node.Area.Geometry, masks);
        }

        var then = await past.PolygonsAsync(ends, cancellationToken);
        return new GroundPlan(tree, planes.Of(tree), node => then.GetValueOrDefault(node.Area.Id), masks);
    }

    private sealed record Kept((long Tree, long Masks, int Changes, int? Meridian) Key, GroundPlan Plan);
}

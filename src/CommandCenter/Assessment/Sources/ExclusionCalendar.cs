using CommandCenter.Areas;

namespace CommandCenter.Assessment.Sources;

/// <summary>Which days are nobody's fault, for a worker and for an area; an area's count for all below it. Pure.</summary>
internal sealed class ExclusionCalendar(AreaTree tree, IReadOnlyList<ExcludedDays> excluded)
{
    private readonly ILookup<int, ExcludedDays> _ofWorkers = excluded.Where(one => one.WorkerId is not null).ToLookup(one => one.WorkerId!.Value);
    private readonly ILookup<int, ExcludedDays> _ofAreas = excluded.Where(one => one.WorkerId is null).ToLookup(one => one.AreaId);

    /// <summary>The kind of what excludes the day, the worker's own first; null: nothing does.</summary>
    public string? Of(AssessedWorker worker, DateOnly day) => Kind(_ofWorkers[worker.Id], day) ?? Of(worker.HomeAreaId, day);

    public string? Of(int areaId, DateOnly day)
    {
        for (var node = _ofAreas.Count == 0 ? null : tree.Find(areaId); node is not null; node = node.Parent)
        {
            if (Kind(_ofAreas[node.Area.Id], day) is { } kind)
            {
                return kind;
            }
        }

        return null;
    }

    private static string? Kind(IEnumerable<ExcludedDays> days, DateOnly day)
    {
        foreach (var one in days)
        {
            if (day >= one.From && day < one.To)
            {
                return one.Kind;
            }
        }

        return null;
    }
}

using CommandCenter.Areas;
using CommandCenter.Workers;

namespace CommandCenter.Assessment.Scores;

/// <summary>Names as they are now, of the people and areas of some rows.</summary>
internal sealed class ScoreNames(AreaTree tree, IReadOnlyDictionary<int, Worker> workers)
{
    public static async Task<ScoreNames> OfAsync(AreaTree tree, WorkerRegister register, IEnumerable<int?> workers, CancellationToken cancellationToken) =>
        new(tree, await register.OfAsync(workers.Where(id => id is not null).Select(id => id!.Value).Distinct(), cancellationToken));

    public string? Of(int? workerId, int areaId, bool person) => person ? workerId is { } id ? workers.GetValueOrDefault(id)?.Name : null : AreaName(areaId);

    /// <summary>The subject's code as it is now; the one then where nobody knows it any more.</summary>
    public string? CodeOf(int? workerId, int areaId, bool person, string? then) =>
        then is null ? null : person ? (workerId is { } id ? workers.GetValueOrDefault(id)?.Code : null) ?? then : AreaCode(areaId) ?? then;

    public string? AreaCode(int id) => tree.Find(id)?.Area.Code;

    public string? AreaName(int id) => tree.Find(id)?.Area.Name;
}

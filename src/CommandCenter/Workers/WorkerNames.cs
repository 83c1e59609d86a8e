using CommandCenter.Contracts.Workers;

namespace CommandCenter.Workers;

/// <summary>The words for workers' roles on the wire.</summary>
public static class WorkerNames
{
    public static readonly IReadOnlyDictionary<string, WorkerRole> Roles =
        Enum.GetValues<WorkerRole>().ToDictionary(Name, StringComparer.Ordinal);

    public static string Name(this WorkerRole role) => role switch
    {
        WorkerRole.GridLeader => "gridLeader",
        WorkerRole.GridWorker => "gridWorker",
        WorkerRole.Auxiliary => "auxiliary",
        WorkerRole.Reserve => "reserve",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}

using CommandCenter.Areas;

namespace CommandCenter.Workers;

public static class WorkerScope
{
    /// <summary>The worker of that code if at home in the scope; null, for 403, both when elsewhere and when there is none.</summary>
    public static Worker? FindIn(this WorkerDirectory workers, AreaScope scope, string? code) =>
        !string.IsNullOrEmpty(code) && workers.Current.Find(code) is { } worker && scope.Contains(worker.HomeAreaId) ? worker : null;
}

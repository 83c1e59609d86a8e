using CommandCenter.Coverage.Keeping;
using CommandCenter.Coverage.Store;
using CommandCenter.Jobs;
using CommandCenter.Tracks.Keeping;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>What the reckoning of coverage adds to the server.</summary>
internal static class ReckoningSetup
{
    public static void AddReckoning(this IServiceCollection services)
    {
        services.AddSingleton<CoverageStore>();
        services.AddSingleton<ReckonStore>();
        services.AddSingleton<DaySums>();
        services.AddSingleton<CoverageLook>();
        services.AddSingleton<CoverageHistory>();
        services.AddWindowJob<CoverageJob>(CoverageJob.Plan);
        services.AddSingleton<IErasedWith, CoverageEraser>();
        services.AddSingleton<IKeptBeside, CoverageSweep>();
    }
}

using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Storage;

namespace CommandCenter.Coverage;

/// <summary>What the slice adds to the server: which ground is to be patrolled, the reckoning of what was, and answers about it.</summary>
public static class CoverageSlice
{
    public static IHostApplicationBuilder AddCoverage(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CoverageOptions>().BindConfiguration(CoverageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CenterPlane>();
        services.AddSingleton<CoveragePlaneStore>();
        services.AddSingleton<CoverageMaskStore>();
        services.AddSingleton<CoverageTargetStore>();
        services.AddSingleton<GroundPastStore>();
        services.AddSingleton<GroundDirectory>();
        services.AddSingleton<GroundLoading>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<GroundLoading>());
        services.AddSingleton<CoverageGround>();
        services.AddReckoning();
        services.AddSingleton<TileDays>();
        services.AddSingleton<CoverageBodies>();
        services.AddSingleton<CoverageDesk>();
        services.AddSingleton<CellDesk>();
        return builder;
    }

    public static IEndpointRouteBuilder MapCoverage(this IEndpointRouteBuilder app)
    {
        CoverageEndpoints.Map(app);
        CellEndpoints.Map(app);
        ExportEndpoint.Map(app);
        MaskEndpoints.Map(app);
        TargetEndpoints.Map(app);
        return app;
    }
}

using CommandCenter.Storage;

namespace CommandCenter.Areas;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class AreasSlice
{
    public static IHostApplicationBuilder AddAreas(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AreaDirectory>();
        builder.Services.AddSingleton<AreaStore>();
        builder.Services.AddSingleton<AreaTiles>();
        builder.Services.AddSingleton<AreaLoading>();
        builder.Services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<AreaLoading>());
        return builder;
    }

    public static IEndpointRouteBuilder MapAreas(this IEndpointRouteBuilder app)
    {
        AreaEndpoints.Map(app);
        AreaTileEndpoints.Map(app);
        return app;
    }
}

using Microsoft.Extensions.Options;

namespace CommandCenter.Basemaps;

/// <summary>What the slice adds to the server: options, services and endpoints.</summary>
public static class BasemapsSlice
{
    public static IHostApplicationBuilder AddBasemaps(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BasemapOptions>().BindConfiguration(BasemapOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BasemapOptions>, BasemapOptionsValidation>();
        services.AddSingleton<BasemapList>();
        services.AddSingleton<TileCache>();
        services.AddSingleton<TileUpstream>();
        services.AddSingleton<ViewerLanes>();
        services.AddSingleton<TileProxy>();
        services.AddHostedService<TileCacheTrimming>();
        return builder;
    }

    public static IEndpointRouteBuilder MapBasemaps(this IEndpointRouteBuilder app)
    {
        BasemapEndpoints.Map(app);
        return app;
    }
}

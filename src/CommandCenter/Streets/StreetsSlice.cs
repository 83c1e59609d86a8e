using CommandCenter.Storage;

namespace CommandCenter.Streets;

/// <summary>What the slice adds to the server: the streets in memory and their endpoints.</summary>
public static class StreetsSlice
{
    public static IHostApplicationBuilder AddStreets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StreetDirectory>();
        builder.Services.AddSingleton<StreetStore>();
        builder.Services.AddSingleton<StreetLoading>();
        builder.Services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<StreetLoading>());
        return builder;
    }

    public static IEndpointRouteBuilder MapStreets(this IEndpointRouteBuilder app)
    {
        StreetEndpoints.Map(app);
        return app;
    }
}

namespace CommandCenter.Tracks.Keeping;

/// <summary>What keeping and letting go add to the server.</summary>
internal static class KeepingSetup
{
    public static void AddKeeping(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrackKeepingOptions>().BindConfiguration(TrackKeepingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeepingMetrics>();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<HoldStore>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<SummarySweep>();
        services.AddSingleton<TrackEraser>();
        services.AddHostedService<TrackKeeper>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        RetentionEndpoints.Map(app);
        HoldEndpoints.Map(app);
        ErasureEndpoints.Map(app);
    }
}

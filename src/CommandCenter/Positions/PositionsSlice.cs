using CommandCenter.Http;
using CommandCenter.Positions.Batch;
using CommandCenter.Positions.Limits;
using CommandCenter.Positions.Live;
using CommandCenter.Positions.Protocols;
using CommandCenter.Positions.Refusals;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class PositionsSlice
{
    public static IHostApplicationBuilder AddPositions(this IHostApplicationBuilder builder)
    {
        AddOptions(builder);
        AddLimits(builder.Services);
        AddProtocols(builder);
        AddRefusals(builder.Services);
        builder.AddPositionLine();
        return builder;
    }

    public static IEndpointRouteBuilder MapPositions(this IEndpointRouteBuilder app)
    {
        MapProtocols(app);
        LatestPositionsEndpoints.Map(app);
        WorkerTrackEndpoints.Map(app);
        RefusalEndpoints.Map(app);
        return app;
    }

    internal static void AddOptions(IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PositionOptions>().BindConfiguration(PositionOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PositionOptions>, PositionOptionsValidation>();
    }

    internal static void AddLimits(IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PositionOptions>>().Value;
            return new DeviceRates(Rate.PerSecond(options.DeviceReportsPerSecond, options.DeviceBurst), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PositionOptions>>().Value;
            return new StrangerRates(Rate.PerMinute(options.StrangerRequestsPerMinute, options.StrangerBurst), provider.GetRequiredService<TimeProvider>());
        });
    }

    internal static void AddProtocols(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PositionMetrics>();
        builder.Services.AddSingleton<PhoneDoor>();
        builder.Services.AddSingleton<DeviceReports>();
        builder.Services.AddSingleton<BatchSenders>();
        builder.Services.AddSingleton(new RefusalLog());
        builder.Services.AddSingleton<IStartupFilter, OsmandListener>();
        OsmandListener.Listen(builder.Configuration);
    }

    internal static void MapProtocols(IEndpointRouteBuilder app)
    {
        OsmandEndpoints.Map(app);
        OwnTracksEndpoints.Map(app);
        BatchEndpoints.Map(app);
    }

    private static void AddRefusals(IServiceCollection services)
    {
        services.AddSingleton<RefusalStore>();
        services.AddHostedService<RefusalFlush>();
    }
}

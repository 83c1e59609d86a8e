using CommandCenter.Storage;

namespace CommandCenter.Workers;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class WorkersSlice
{
    public static IHostApplicationBuilder AddWorkers(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WorkerDirectory>();
        services.AddSingleton<WorkerStore>();
        services.AddSingleton<WorkerRegister>();
        services.AddSingleton<WorkerLoading>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<WorkerLoading>());
        services.AddSingleton<DeviceStore>();
        services.AddSingleton<IDeviceSource>(provider => provider.GetRequiredService<DeviceStore>());
        services.AddSingleton<DeviceList>();
        services.AddSingleton<GatewayList>();
        services.AddSingleton<WatchedDoor>();
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<DeviceLoading>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<DeviceLoading>());
        return builder;
    }

    public static IEndpointRouteBuilder MapWorkers(this IEndpointRouteBuilder app)
    {
        WorkerEndpoints.Map(app);
        DeviceEndpoints.Map(app);
        GatewayEndpoints.Map(app);
        WatchedEndpoints.Map(app);
        return app;
    }
}

using CommandCenter.Contracts.Wall;


namespace CommandCenter.Wall;

/// <summary>What the slice adds to the server: services, options and the hub.</summary>
public static class WallSlice
{
    /// <summary>A wall sends requests and acknowledgements, never more than this; bytes.</summary>
    private const int MaxMessageBytes = 16 * 1024;

    public static IHostApplicationBuilder AddWall(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WallOptions>().BindConfiguration(WallOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WallMetrics>();
        services.AddSingleton<FrameShare>();
        services.AddSingleton<WallWatch>();
        services.AddSingleton<WallTracks>();
        services.AddSingleton<WallAlarms>();
        services.AddSingleton<WallConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<WallConnections>());
        services.AddSignalR(hubs =>
        {
            hubs.MaximumReceiveMessageSize = MaxMessageBytes;
            hubs.StreamBufferCapacity = 2;
            hubs.EnableDetailedErrors = false;
            hubs.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hubs.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        }).AddMessagePackProtocol();
        return builder;
    }

    public static IEndpointRouteBuilder MapWall(this IEndpointRouteBuilder app)
    {
        app.MapHub<WallHub>(IWallHub.Path, connection =>
        {
            connection.TransportMaxBufferSize = 256 * 1024;
            connection.ApplicationMaxBufferSize = 64 * 1024;
            connection.CloseOnAuthenticationExpiration = true;
        });
        return app;
    }
}

using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tracks;

/// <summary>What the slice adds to the server: the store of tracks, and the desk where they are asked for.</summary>
public static class TracksSlice
{
    public static IHostApplicationBuilder AddTracks(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrackReadingOptions>().BindConfiguration(TrackReadingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TrackStore>();
        services.AddSingleton<TrackReader>();
        services.AddSingleton<TrackPartStore>();
        services.AddSingleton<TrackDesk>();
        return builder;
    }

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app)
    {
        TrackEndpoints.Map(app);
        return app;
    }
}

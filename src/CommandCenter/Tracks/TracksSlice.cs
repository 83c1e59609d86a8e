using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tracks;

/// <summary>What the slice adds to the server: the store of tracks, the desk where they are asked for, and what leaves as a file.</summary>
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
        builder.AddExports();
        return builder;
    }

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app)
    {
        TrackEndpoints.Map(app);
        TrackExportEndpoints.Map(app);
        return app;
    }
}

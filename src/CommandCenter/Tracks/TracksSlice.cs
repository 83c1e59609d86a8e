using CommandCenter.Tracks.Exports;

namespace CommandCenter.Tracks;

/// <summary>What the slice adds to the server: the store of tracks.</summary>
public static class TracksSlice
{
    public static IHostApplicationBuilder AddTracks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TrackStore>();
        builder.Services.AddSingleton<TrackReader>();
        builder.AddExports();
        return builder;
    }

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app)
    {
        TrackExportEndpoints.Map(app);
        return app;
    }
}

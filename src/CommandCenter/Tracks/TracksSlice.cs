using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;

namespace CommandCenter.Tracks;

/// <summary>What the slice adds to the server: the store of tracks, what keeps it small, the desk where they are asked for, what leaves as files, and how long it is kept.</summary>
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
        services.AddOptions<TrackFoldingOptions>().BindConfiguration(TrackFoldingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TrackPartitions>();
        services.AddSingleton<TrackFoldStore>();
        services.AddHostedService<TrackFolder>();
        builder.AddMeaning();
        builder.AddExports();
        builder.AddKeeping();
        return builder;
    }

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app)
    {
        TrackEndpoints.Map(app);
        TrackSummaryEndpoints.Map(app);
        TrackDayEndpoints.Map(app);
        TrackExportEndpoints.Map(app);
        KeepingSetup.Map(app);
        return app;
    }
}

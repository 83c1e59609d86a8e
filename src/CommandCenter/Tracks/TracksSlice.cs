using CommandCenter.Tracks.Exports;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Notes;
using CommandCenter.Tracks.Reading;
using CommandCenter.Tracks.Reimport;

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
        services.AddSingleton<TrackNearSearch>();
        services.AddOptions<TrackFoldingOptions>().BindConfiguration(TrackFoldingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TrackPartitions>();
        services.AddSingleton<TrackFoldStore>();
        services.AddHostedService<TrackFolder>();
        builder.AddMeaning();
        builder.AddExports();
        builder.AddKeeping();
        builder.AddReimport();
        builder.AddNotes();
        return builder;
    }

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app)
    {
        TrackEndpoints.Map(app);
        TrackNearEndpoints.Map(app);
        TrackSettingsEndpoints.Map(app);
        TrackSummaryEndpoints.Map(app);
        TrackDayEndpoints.Map(app);
        TrackExportEndpoints.Map(app);
        TrackReimportEndpoints.Map(app);
        KeepingSetup.Map(app);
        NoteEndpoints.Map(app);
        return app;
    }
}

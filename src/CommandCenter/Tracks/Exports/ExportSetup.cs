namespace CommandCenter.Tracks.Exports;

/// <summary>What exports add to the server.</summary>
internal static class ExportSetup
{
    public static void AddExports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrackExportOptions>().BindConfiguration(TrackExportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ExportStore>();
        builder.Services.AddSingleton<ExportShelf>();
        builder.Services.AddSingleton<ExportWatches>();
        builder.Services.AddSingleton<TrackExporter>();
    }
}

using Microsoft.Extensions.Options;

namespace CommandCenter.Tracks.Meaning;

/// <summary>What tells the meaning of tracks: options, summaries on request, and the job that keeps days summed up.</summary>
internal static class MeaningSetup
{
    public static void AddMeaning(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrackMeaningOptions>().BindConfiguration(TrackMeaningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TrackMeaningOptions>, TrackMeaningOptionsValidation>();
        services.AddSingleton<TrackSummaries>();
        services.AddSingleton<TrackDayStore>();
        services.AddSingleton<TrackDayPages>();
        services.AddHostedService<TrackDayJob>();
    }
}

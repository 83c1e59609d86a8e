using CommandCenter.Positions.Live;
using CommandCenter.Positions.Log;
using CommandCenter.Positions.Stages;
using CommandCenter.Storage;
using CommandCenter.Tracks;

namespace CommandCenter.Positions;

/// <summary>The services of the straight line, in the order a position meets them.</summary>
internal static class PositionLineSetup
{
    public static IHostApplicationBuilder AddPositionLine(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PositionLogOptions>().BindConfiguration(PositionLogOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LivePictureOptions>().BindConfiguration(LivePictureOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.LostSeconds > o.StaleSeconds, "LivePicture:LostSeconds must be greater than LivePicture:StaleSeconds.").ValidateOnStart();
        services.AddOptions<TrackWriterOptions>().BindConfiguration(TrackWriterOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<JudgeStage>();
        services.AddSingleton<DutyStage>();
        services.AddSingleton<OrderStage>();
        services.AddSingleton<IPositionIntake, PositionPipeline>();

        services.AddSingleton<LogMetrics>();
        services.AddSingleton<LogGauges>();
        services.AddSingleton<LogSize>();
        services.AddSingleton<LogProgress>();
        services.AddSingleton<PositionLog>();
        services.AddSingleton<INewestFixes, LogNewestFixes>();
        services.AddHostedService<AppenderLoop>();

        services.AddSingleton<LivePicture>();
        services.AddSingleton<FixClock>();
        services.AddSingleton<LatestPositions>();
        services.AddSingleton<PictureCheckpoint>();
        services.AddSingleton<PictureRefill>();
        services.AddSingleton<PictureFeed>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<PictureFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<PictureFeed>());
        services.AddHostedService<PictureBeat>();
        services.AddHostedService<PictureCheckpointer>();

        services.AddHostedService<LogTrimmer>();
        services.AddHostedService<TrackWriter>();
        return builder;
    }
}

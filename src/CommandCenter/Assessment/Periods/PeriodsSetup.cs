using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Sources;
using CommandCenter.Jobs;

namespace CommandCenter.Assessment.Periods;

/// <summary>What reckoning periods adds to the server.</summary>
internal static class PeriodsSetup
{
    public static void AddAssessmentPeriods(this IServiceCollection services)
    {
        services.AddOptions<AssessmentOptions>().BindConfiguration(AssessmentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SourceStore>();
        services.AddSingleton<IAssessedGround, CoverageGroundOfDay>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<SourceKeeping>();
        services.AddSingleton<ScoreStream>();
        services.AddSingleton<SnapshotSigner>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<IAssessmentPreview, AssessmentPreview>();
        services.AddSingleton<PendingAppeals>();
        services.AddSingleton<LatePeriods>();
        services.AddSingleton<PeriodReckoner>();
        services.AddWindowJob<AssessmentJob>(AssessmentJob.Plan);
    }
}

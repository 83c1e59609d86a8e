using CommandCenter.Assessment.Appeals;
using CommandCenter.Assessment.Boards;
using CommandCenter.Assessment.Keeping;
using CommandCenter.Tracks.Keeping;

namespace CommandCenter.Assessment.Scores;

/// <summary>What reading scores, appealing against them and keeping them adds to the server.</summary>
internal static class ScoresSetup
{
    public static void AddAssessmentScores(this IServiceCollection services)
    {
        services.AddSingleton<ScoreStore>();
        services.AddSingleton<ScoreDetails>();
        services.AddSingleton<PastStore>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<AppealStore>();
        services.AddSingleton<ExclusionStore>();
        services.AddSingleton<Reckoning>();
        services.AddSingleton<BoardStore>();
        services.AddSingleton<IErasedWith, AssessmentEraser>();
        services.AddSingleton<IKeptBeside, AssessmentSweep>();
    }

    public static void MapAssessmentScores(this IEndpointRouteBuilder app)
    {
        PeriodEndpoints.Map(app);
        ScoreEndpoints.Map(app);
        PastEndpoint.Map(app);
        ScoreExportEndpoint.Map(app);
        BoardEndpoints.Map(app);
        AppealEndpoints.Map(app);
        ExclusionEndpoints.Map(app);
        OwnEndpoints.Map(app);
    }
}

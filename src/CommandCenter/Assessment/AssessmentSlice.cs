using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Scores;

namespace CommandCenter.Assessment;

/// <summary>What the slice adds to the server: scores of periods, each with its evidence.</summary>
public static class AssessmentSlice
{
    public static IHostApplicationBuilder AddAssessment(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAssessmentPeriods();
        builder.Services.AddAssessmentScores();
        return builder;
    }

    public static IEndpointRouteBuilder MapAssessment(this IEndpointRouteBuilder app)
    {
        PolicyEndpoints.Map(app);
        app.MapAssessmentScores();
        return app;
    }
}

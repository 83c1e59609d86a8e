using CommandCenter.Assessment.Periods;

namespace CommandCenter.Assessment;

/// <summary>What the slice adds to the server: scores of periods, each with its evidence.</summary>
public static class AssessmentSlice
{
    public static IHostApplicationBuilder AddAssessment(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAssessmentPeriods();
        return builder;
    }

    public static IEndpointRouteBuilder MapAssessment(this IEndpointRouteBuilder app) => app;
}

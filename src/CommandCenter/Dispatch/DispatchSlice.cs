using CommandCenter.Dispatch.Assignments;
using CommandCenter.Dispatch.Candidates;

namespace CommandCenter.Dispatch;

/// <summary>What the slice adds to the server: who can go to an alarm, and who was sent.</summary>
public static class DispatchSlice
{
    public static IHostApplicationBuilder AddDispatch(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AlarmPlaces>();
        services.AddSingleton<CandidateDesk>();
        services.AddSingleton<AssignmentStore>();
        services.AddSingleton<AssignmentViews>();
        services.AddSingleton<AssignmentTelling>();
        services.AddSingleton<AssignmentDoor>();
        services.AddHostedService<AssignmentClock>();
        return builder;
    }

    public static IEndpointRouteBuilder MapDispatch(this IEndpointRouteBuilder app)
    {
        CandidateEndpoints.Map(app);
        AssignmentEndpoints.Map(app);
        AssignmentStateEndpoints.Map(app);
        return app;
    }
}

using CommandCenter.Alarms.Keeping;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Dispatch.Attachments;
using CommandCenter.Dispatch.Candidates;
using CommandCenter.Dispatch.Keeping;
using CommandCenter.Dispatch.Notes;
using CommandCenter.Dispatch.Report;
using CommandCenter.Dispatch.Surroundings;
using CommandCenter.Dispatch.Watching;
using CommandCenter.Tracks.Keeping;

namespace CommandCenter.Dispatch;

/// <summary>What the slice adds to the server: who can go to an alarm, and who was sent.</summary>
public static class DispatchSlice
{
    public static IHostApplicationBuilder AddDispatch(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WatchingOptions>().BindConfiguration(WatchingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AlarmPlaces>();
        services.AddSingleton<CandidateDesk>();
        services.AddSingleton<AssignmentStore>();
        services.AddSingleton<AssignmentViews>();
        services.AddSingleton<AssignmentTelling>();
        services.AddSingleton<AssignmentDoor>();
        services.AddSingleton<NoteDoor>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<AttachmentRoom>();
        services.AddSingleton<AttachmentTelling>();
        services.AddHostedService(provider => provider.GetRequiredService<AttachmentTelling>());
        services.AddSingleton<IErasedWith, AssignmentEraser>();
        services.AddSingleton<IAlarmTies, AssignmentTies>();
        services.AddSingleton<IAlarmTies, AttachmentTies>();
        services.AddHostedService<AssignmentClock>();
        services.AddHostedService<Watcher>();
        return builder;
    }

    public static IEndpointRouteBuilder MapDispatch(this IEndpointRouteBuilder app)
    {
        CandidateEndpoints.Map(app);
        AssignmentEndpoints.Map(app);
        AssignmentStateEndpoints.Map(app);
        NoteEndpoints.Map(app);
        NewAttachmentEndpoint.Map(app);
        AttachmentEndpoint.Map(app);
        SurroundingsEndpoints.Map(app);
        ReportEndpoints.Map(app);
        return app;
    }
}

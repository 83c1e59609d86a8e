using CommandCenter.Web;
using Microsoft.Extensions.Options;

namespace CommandCenter.Jobs;

/// <summary>What the slice adds to the server: the scheduler of background jobs, their history, and the desk where administrators ask for runs. Jobs come from other slices.</summary>
public static class JobsSlice
{
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<JobList>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobRunStore>();
        services.AddSingleton<JobPlanner>();
        services.AddSingleton<JobLateness>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobScheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<JobScheduler>());
        services.AddHostedService<JobLook>();
        services.AddSingleton(provider => new JobDesk(
            provider.GetRequiredService<JobList>(),
            provider.GetRequiredService<JobRunStore>(),
            provider.GetRequiredService<JobScheduler>(),
            provider.GetRequiredService<IOptions<CenterOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder app)
    {
        JobEndpoints.Map(app);
        return app;
    }
}

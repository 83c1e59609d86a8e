using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CommandCenter.Jobs;

/// <summary>A plan with the class that does it.</summary>
internal sealed record JobRegistration(JobPlan Plan, Type Job);

/// <summary>How a slice adds a job of its own.</summary>
public static class JobRegistrations
{
    /// <summary>Registers a job; its class may ask for whatever services there are.</summary>
    public static IServiceCollection AddWindowJob<TJob>(this IServiceCollection services, JobPlan plan)
        where TJob : class, IWindowJob
    {
        services.TryAddScoped<TJob>();
        return services.AddSingleton(new JobRegistration(plan, typeof(TJob)));
    }
}

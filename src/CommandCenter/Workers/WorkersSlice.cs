namespace CommandCenter.Workers;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class WorkersSlice
{
    public static IHostApplicationBuilder AddWorkers(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapWorkers(this IEndpointRouteBuilder app) => app;
}

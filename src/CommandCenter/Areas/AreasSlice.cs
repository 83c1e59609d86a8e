namespace CommandCenter.Areas;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class AreasSlice
{
    public static IHostApplicationBuilder AddAreas(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapAreas(this IEndpointRouteBuilder app) => app;
}

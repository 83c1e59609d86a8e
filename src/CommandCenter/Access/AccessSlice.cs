namespace CommandCenter.Access;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class AccessSlice
{
    public static IHostApplicationBuilder AddAccess(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app) => app;
}

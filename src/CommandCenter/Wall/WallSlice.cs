namespace CommandCenter.Wall;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class WallSlice
{
    public static IHostApplicationBuilder AddWall(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapWall(this IEndpointRouteBuilder app) => app;
}

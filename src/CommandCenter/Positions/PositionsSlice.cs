namespace CommandCenter.Positions;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class PositionsSlice
{
    public static IHostApplicationBuilder AddPositions(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapPositions(this IEndpointRouteBuilder app) => app;
}

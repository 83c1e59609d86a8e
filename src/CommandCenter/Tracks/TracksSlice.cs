namespace CommandCenter.Tracks;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class TracksSlice
{
    public static IHostApplicationBuilder AddTracks(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapTracks(this IEndpointRouteBuilder app) => app;
}

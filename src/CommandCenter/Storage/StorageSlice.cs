namespace CommandCenter.Storage;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class StorageSlice
{
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapStorage(this IEndpointRouteBuilder app) => app;
}

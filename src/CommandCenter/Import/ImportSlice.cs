namespace CommandCenter.Import;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class ImportSlice
{
    public static IHostApplicationBuilder AddImport(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AreaImports>();
        services.AddSingleton<RosterImports>();
        services.AddSingleton<DeviceImports>();
        services.AddSingleton<AreaImportStore>();
        services.AddSingleton<RosterImportStore>();
        services.AddSingleton<DeviceImportStore>();
        services.AddSingleton<ImportDesk>();
        return builder;
    }

    public static IEndpointRouteBuilder MapImport(this IEndpointRouteBuilder app)
    {
        ImportEndpoints.Map(app);
        return app;
    }
}

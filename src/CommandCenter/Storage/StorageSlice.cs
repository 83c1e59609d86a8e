using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>What the slice adds to the server: services, options and endpoints.</summary>
public static class StorageSlice
{
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new BackendAddresses(
            Required(builder.Configuration, "Postgres", text => new NpgsqlConnectionStringBuilder(text)),
            Required(builder.Configuration, "Redis", text => ConfigurationOptions.Parse(text))));
        services.AddSingleton<Readiness>();
        services.AddSingleton<StorageGauges>();
        services.AddSingleton<NpgsqlDataSource>(DataSource);
        services.AddSingleton<RedisConnection>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisConnection>());
        services.AddHostedService<BackendDurability>();
        services.AddSingleton<SchemaMigrations>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<SchemaMigrations>());
        services.AddSingleton<StartupSteps>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupSteps>());
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddDataProtection().SetApplicationName("CommandCenter");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((keys, dataSource) => keys.XmlRepository = new DataProtectionKeyStore(dataSource));
        return builder;
    }

    public static IEndpointRouteBuilder MapStorage(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<StorageGauges>();
        HealthEndpoints.Map(app);
        return app;
    }

    private static NpgsqlDataSource DataSource(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var builder = new NpgsqlDataSourceBuilder(provider.GetRequiredService<BackendAddresses>().Postgres);
        builder.Name = "commandcenter"; // else metrics carry the connection string
        builder.ConnectionStringBuilder.MaxPoolSize = options.PostgresPoolSize;
        builder.ConnectionStringBuilder.Timeout = options.PostgresConnectSeconds;
        builder.ConnectionStringBuilder.CommandTimeout = options.PostgresCommandSeconds;
        builder.ConnectionStringBuilder.ApplicationName ??= "commandcenter";
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        builder.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        return builder.Build();
    }

    private static string Required(IConfiguration configuration, string name, Action<string> parse)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
        {
            throw new StartupRefusedException(ExitCode.Usage, $"ConnectionStrings:{name} is not set, and nothing was started in its place.");
        }

        try
        {
            parse(text);
            return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // Neither the text nor the parser's message, which may quote a piece of a password.
            throw new StartupRefusedException(ExitCode.Usage, $"ConnectionStrings:{name} cannot be read.");
        }
    }
}

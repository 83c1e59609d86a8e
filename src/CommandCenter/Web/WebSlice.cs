using System.Text.Json;
using System.Text.Json.Serialization;
using CommandCenter.Storage;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CommandCenter.Web;

/// <summary>What every request meets before its slice: bounds, problem details, security headers, the pages' files.</summary>
public static class WebSlice
{
    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsValidation>();
        services.AddOptions<CenterOptions>().BindConfiguration(CenterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CenterOptions>, CenterOptionsValidation>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<WebOptions>>((kestrel, web) => Bound(kestrel, web.Value));
        services.AddOptions<HostOptions>().Configure<IOptions<WebOptions>>((host, web) => host.ShutdownTimeout = TimeSpan.FromSeconds(web.Value.StopSeconds));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)));
        builder.AddHttps();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = TraceIds.Stamp);
        services.AddOpenApi();
        services.AddExceptionHandler<BackendAwayHandler>();
        services.AddExceptionHandler<FailureHandler>();
        services.AddResponseCompression(compression =>
        {
            // Public files and map data alone: answers that carry secrets beside reflected input must not be compressed (BREACH).
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml", "application/manifest+json", "application/geo+json", "application/x-coverage"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.AddHostedService<ReadyLine>();

        // These log whole URLs, whose queries hold device secrets and access tokens: no configuration may turn them on.
        // Off altogether, the first costs no activity and no scope per request either, unless somebody listens for traces.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Connections", LogLevel.Information);
        return builder;
    }

    public static WebApplication UseWeb(this WebApplication app)
    {
        TrustedProxies.Use(app);
        app.UseExceptionHandler();

        // Phones' endpoints leave here by the short way; the rest goes through all that follows.
        app.UseRouting();
        app.UseStatusCodePages();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<StartupGate>();
        app.UseMiddleware<JsonCharset>();
        app.UseResponseCompression();
        PageFiles.Use(app);
        return app;
    }

    /// <summary>Last of all maps: what no slice knows is a page of the client or nothing.</summary>
    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        AuthorityPage.Map(app);
        PageFiles.Map(app);
        return app;
    }

    private static void Bound(KestrelServerOptions kestrel, WebOptions web)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = web.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = web.MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = web.MaxRequestLineBytes;
        kestrel.Limits.MaxConcurrentConnections = web.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = web.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(web.HeadersSeconds);
    }
}

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CommandCenter.Telemetry;

/// <summary>What the slice adds to the server: the way of its meters and activities to those who watch over it.</summary>
public static class TelemetrySlice
{
    /// <summary>Before the other slices: what starts first stops last, and so tells of the end, too.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        BoundedLog.Use(services);
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidation>();

        // A phone or page that says "you are part of my trace" would choose what is recorded.
        services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator, OwnTracesOnly>());
        services.AddSingleton<PrometheusText>();
        services.AddHostedService<TelemetryExport>();
        services.AddSingleton<IStartupFilter, PrometheusListener>();
        PrometheusListener.Listen(builder.Configuration);
        return builder;
    }
}

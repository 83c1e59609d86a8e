using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CommandCenter.Telemetry;

/// <summary>
/// <c>/metrics</c> on a port of its own, judged by the port that the connection came in on: behind a proxy on the same machine every address is
/// loopback, so an address alone would let everyone read it. Nothing else answers there.
/// </summary>
internal sealed class PrometheusListener(IOptions<TelemetryOptions> options, PrometheusText text) : IStartupFilter
{
    private const string KestrelEndpoints = "Kestrel:Endpoints";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (TryRead(options.Value.PrometheusListen, out var address))
        {
            app.Use((context, further) => context.Connection.LocalPort == address.Port ? AnswerAsync(context) : further(context));
        }

        next(app);
    };

    /// <summary>Adds the port beside the addresses that are configured. What cannot be read is left to the options' validation.</summary>
    public static void Listen(IConfigurationManager configuration)
    {
        var listen = configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.PrometheusListen)}"] ?? "";
        if (TryRead(listen, out _))
        {
            var key = configuration.GetSection(KestrelEndpoints).GetChildren().Any() ? $"{KestrelEndpoints}:Metrics:Url" : WebHostDefaults.ServerUrlsKey;
            configuration[key] = key == WebHostDefaults.ServerUrlsKey && configuration[key] is { Length: > 0 } urls ? $"{urls};{listen}" : listen;
        }
    }

    internal static bool TryRead(string text, [NotNullWhen(true)] out BindingAddress? address)
    {
        address = null;
        try
        {
            address = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? BindingAddress.Parse(text) : null;
            address = address is { IsUnixPipe: false, PathBase: "", Port: > 0 and <= 65_535 } ? address : null;
        }
        catch (FormatException)
        {
            // Neither.
        }

        return address is not null;
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/metrics" || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text.Read(), context.RequestAborted);
    }
}

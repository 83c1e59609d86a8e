using System.Globalization;
using Microsoft.Extensions.Options;

namespace CommandCenter.Positions.Protocols;

/// <summary>
/// The optional second port, where trackers expect the OsmAnd protocol at <c>/</c> (5055 by custom). It is judged by the port the
/// connection came in on, never by the Host header, and nothing else answers there.
/// </summary>
public sealed class OsmandListener(IOptions<PositionOptions> options) : IStartupFilter
{
    private const string KestrelEndpoints = "Kestrel:Endpoints";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var port = options.Value.OsmandPort;
        if (port != 0)
        {
            app.Use((context, further) => context.Connection.LocalPort == port ? OnItsPort(context, further) : further(context));
        }

        next(app);
    };

    /// <summary>
    /// Adds the port beside the addresses that are configured, on the same hosts: a server that listens on loopback does so here, too.
    /// </summary>
    public static void Listen(IConfigurationManager configuration)
    {
        var port = configuration.GetValue<int>($"{PositionOptions.Section}:{nameof(PositionOptions.OsmandPort)}");
        if (port is < 1 or > 65_535)
        {
            return;
        }

        var endpoints = configuration.GetSection(KestrelEndpoints).GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
        {
            configuration[$"{KestrelEndpoints}:Osmand:Url"] = AtPort(endpoints[0], port);
            return;
        }

        var urls = Addresses(configuration);
        configuration[WebHostDefaults.ServerUrlsKey] = string.Join(';', urls.Concat(urls.Select(url => AtPort(url, port)).Distinct()));
    }

    private static Task OnItsPort(HttpContext context, RequestDelegate further)
    {
        if (context.Request.Path != "/")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Request.Path = OsmandEndpoints.Path;
        return further(context);
    }

    private static List<string> Addresses(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        if (urls.Count == 0)
        {
            urls = [.. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(p => $"http://*:{p}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(p => $"https://*:{p}")];
        }

        return urls.Count == 0 ? ["http://localhost:5000"] : urls;

        static List<string> Split(string? list) =>
            [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>Trackers speak plain HTTP on this port; TLS is a proxy's business there.</summary>
    private static string AtPort(string url, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://{BindingAddress.Parse(url).Host}:{port}");
}

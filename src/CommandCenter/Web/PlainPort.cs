using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace CommandCenter.Web;

/// <summary>
/// The plain HTTP port beside HTTPS: it shows how to trust this server, which must be reachable before it is trusted, and sends every
/// page elsewhere to HTTPS. Judged by the port that the connection came in on, never by the Host header.
/// </summary>
internal sealed class PlainPort(IConfiguration configuration) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var plain = configuration.GetValue<int>($"{HttpsOptions.Section}:{nameof(HttpsOptions.PlainPort)}");
        var secure = HttpsAddresses.PortOf(configuration[WebHostDefaults.ServerUrlsKey] ?? "");
        app.Use((context, further) =>
            context.Connection.LocalPort != plain || context.Request.Path.StartsWithSegments("/ca") ? further(context) : TurnAwayAsync(context, secure));
        next(app);
    };

    private static Task TurnAwayAsync(HttpContext context, int secure)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            // What was sent here was readable by all: a redirect would make that a habit.
            return TypedResults.Problem(
                $"This port is for reading how to trust this server; use https on port {secure}.",
                statusCode: StatusCodes.Status403Forbidden,
                title: "Not over plain HTTP",
                type: "/problems/plain-http",
                extensions: new Dictionary<string, object?> { ["reason"] = "plain-http" }).ExecuteAsync(context);
        }

        var host = request.Host.Host.Length > 0 ? request.Host.Host : "localhost";
        var target = UriHelper.BuildAbsolute("https", new HostString(host, secure), request.PathBase, request.Path, request.QueryString);
        context.Response.Redirect(target, permanent: false, preserveMethod: true);
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

/// <summary>The addresses to listen on with HTTPS, from those without.</summary>
internal static class HttpsAddresses
{
    /// <summary>Every HTTP address becomes HTTPS, and each host answers plain HTTP on one port more; both are in the list.</summary>
    /// <param name="urls">Separated by semicolons.</param>
    /// <param name="plainPort">0: the one after the first address's.</param>
    public static (string Urls, int PlainPort) Of(string urls, int plainPort)
    {
        var addresses = Split(urls).Where(a => !a.IsUnixPipe).ToList();
        var plain = plainPort > 0 ? plainPort : addresses.Count > 0 ? (addresses[0].Port % 65_535) + 1 : 0;
        var secure = Split(urls).Select(a => a.IsUnixPipe ? a.ToString() : string.Create(CultureInfo.InvariantCulture, $"https://{a.Host}:{a.Port}"));
        return (string.Join(';', secure.Concat(addresses.Select(a => a.Host).Distinct().Select(h => string.Create(CultureInfo.InvariantCulture, $"http://{h}:{plain}")))), plain);
    }

    /// <summary>The port of the first HTTPS address.</summary>
    public static int PortOf(string urls) => Split(urls).FirstOrDefault(a => a.Scheme == "https")?.Port ?? 443;

    private static IEnumerable<BindingAddress> Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse);
}

using Microsoft.Extensions.Options;

namespace CommandCenter.Access;

/// <summary>Tells the server's own pages from other people's. Only browsers send these headers, and only browsers can be tricked.</summary>
public sealed class Origins(IOptions<AccessOptions> options)
{
    public bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // The browser's own judgement holds behind proxies that change the Host; "none" is the address bar.
        switch (request.Headers["Sec-Fetch-Site"].ToString())
        {
            case "same-origin" or "none":
                return true;
            case { Length: > 0 }:
                return false;
        }

        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    // As Uri.Authority has it: without the port that the scheme implies. The scheme is not compared, since a proxy may end TLS.
    private static string? Authority(HttpRequest request) => request.Host switch
    {
        { Port: 80 or 443, Host: var host } => host,
        var host => host.Value,
    };
}

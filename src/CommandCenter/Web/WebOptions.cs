using System.ComponentModel.DataAnnotations;

namespace CommandCenter.Web;

/// <summary>Section <c>Web</c>: bounds of what a client may send and hold, and where pages may load from.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Largest request body, bytes; an endpoint may set a smaller one.</summary>
    [Range(1_024, 1_073_741_824)]
    public long MaxBodyBytes { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>All headers of a request, bytes.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 16 * 1_024;

    /// <summary>Method, path and query of a request, bytes.</summary>
    [Range(256, 1_048_576)]
    public int MaxRequestLineBytes { get; set; } = 8 * 1_024;

    /// <summary>Connections at one time; more are closed at once.</summary>
    [Range(1, 1_000_000)]
    public long MaxConnections { get; set; } = 20_000;

    /// <summary>Longest time for a request's headers to arrive, seconds.</summary>
    [Range(1, 600)]
    public int HeadersSeconds { get; set; } = 10;

    /// <summary>Longest wait for the host's parts to end, seconds; after it the children are stopped.</summary>
    [Range(1, 60)]
    public int StopSeconds { get; set; } = 5;

    /// <summary>Origins besides this server from which pages may load map tiles and glyphs, such as <c>https://tiles.example.org</c>.</summary>
    public IList<string> MapOrigins { get; } = [];

    /// <summary>Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: IP addresses or networks such as <c>10.0.0.0/24</c>.</summary>
    public IList<string> TrustedProxies { get; } = [];
}

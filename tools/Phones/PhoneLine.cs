using System.Security.Cryptography.X509Certificates;

namespace CommandCenter.Phones;

/// <summary>The one HTTP client all phones of a process share: few connections, small answers, no cookies, no redirects that could carry secrets away.</summary>
public static class PhoneLine
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    /// <param name="server">The server's address; a path in it is kept.</param>
    /// <param name="connections">The most connections open at once.</param>
    /// <param name="authority">The only certificate authority to trust over HTTPS; null: those of the system.</param>
    public static HttpClient Open(Uri server, int connections = 32, X509Certificate2? authority = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = connections,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
        };
        if (authority is not null)
        {
            // Without revocation: a center's own authority publishes no lists.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(authority);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        var address = server.AbsoluteUri;
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address.EndsWith('/') ? address : address + '/'),
            Timeout = AnswerTime,
            MaxResponseContentBufferSize = 4 << 20,
        };
    }

    /// <summary>Null and a sentence when the text is no address a phone could use.</summary>
    public static Uri? ParseAddress(string text, out string? fault)
    {
        fault = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https")
        {
            return server;
        }

        fault = $"'{text}' is no server address; expected something like http://localhost:8080";
        return null;
    }
}

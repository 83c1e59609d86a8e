using System.Net.Sockets;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>What a load balancer does for phones: a request goes to the server that answered last, and after a broken line to the other.</summary>
internal sealed class EitherServer(HttpMessageHandler line, IReadOnlyList<Uri> servers, int first) : DelegatingHandler(line)
{
    private int _at = first;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var server = servers[_at % servers.Count];
        request.RequestUri = new UriBuilder(request.RequestUri!) { Port = server.Port }.Uri;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            _at++;
            throw;
        }
    }
}

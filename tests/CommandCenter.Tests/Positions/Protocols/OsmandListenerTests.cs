using System.Net;
using System.Net.Sockets;
using CommandCenter.Positions.Protocols;
using Microsoft.Extensions.Configuration;

namespace CommandCenter.Tests.Positions.Protocols;

public sealed class OsmandListenerTests
{
    [Test]
    public async Task ItsPortSpeaksOsmandAtTheRootAndNothingElse()
    {
        var port = FreePort();
        await using var server = await PhoneServer.StartAsync(("OsmandPort", port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.That((await client.GetAsync($"/?id={PhoneServer.OsmandId}&lat=37.8&lon=112.5")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Intake.Kept, Has.Count.EqualTo(1));
        foreach (var path in new[] { "/osmand", "/owntracks", "/api/positions", "/api/session", "/index.html", "/x/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Host = "localhost:8080";
            Assert.That((await client.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        using var spoofed = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Client.BaseAddress!, $"/?id={PhoneServer.OsmandId}"));
        spoofed.Headers.Host = $"127.0.0.1:{port}";
        Assert.That((await server.Client.SendAsync(spoofed)).IsSuccessStatusCode, Is.False, "the Host header opens no door on the main port");
    }

    [TestCase("http://localhost:8080", "http://localhost:8080;http://localhost:5055")]
    [TestCase("http://*:80;https://*:443", "http://*:80;https://*:443;http://*:5055")]
    [TestCase(null, "http://localhost:5000;http://localhost:5055")]
    public void ListensOnTheSameHosts(string? urls, string expected)
    {
        var configuration = new ConfigurationManager { ["urls"] = urls, ["Positions:OsmandPort"] = "5055" };
        OsmandListener.Listen(configuration);
        Assert.That(configuration["urls"], Is.EqualTo(expected));
    }

    [Test]
    public void JoinsKestrelsOwnEndpointsWhereThereAreSome()
    {
        var configuration = new ConfigurationManager { ["Kestrel:Endpoints:Https:Url"] = "https://10.0.0.1:443", ["Positions:OsmandPort"] = "5055" };
        OsmandListener.Listen(configuration);
        Assert.That((configuration["Kestrel:Endpoints:Osmand:Url"], configuration["urls"]), Is.EqualTo(("http://10.0.0.1:5055", (string?)null)));
    }

    [Test]
    public void IsOffByDefault()
    {
        var configuration = new ConfigurationManager { ["urls"] = "http://localhost:8080" };
        OsmandListener.Listen(configuration);
        Assert.That(configuration["urls"], Is.EqualTo("http://localhost:8080"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

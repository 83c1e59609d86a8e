using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using CommandCenter.Chaos.Fuzz;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>Damaged bodies and frames through the real server's ports: never a 500, and it serves on.</summary>
public sealed class WireFuzzTests
{
    private const int Bodies = 400;
    private const int Lines = 60;
    private const int FramesALine = 20;

    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase("osmand", "/osmand", "application/json", 200)]
    [TestCase("owntracks", "/owntracks", "application/json", 200)]
    [TestCase("batch-json", "/api/positions", "application/json", 400)]
    [TestCase("batch-msgpack", "/api/positions", "application/x-msgpack", 400)]
    public async Task DamagedBodiesAreAnsweredAsTheProtocolSays(string target, string path, string type, int worst)
    {
        var device = _center.Devices[0];
        var mutator = new Mutator(FuzzTargets.All.Single(t => t.Name == target).Good, seed: 20_261_122);
        for (var i = 0; i < Bodies; i++)
        {
            var body = mutator.Next();
            using var request = new HttpRequestMessage(HttpMethod.Post, target == "osmand" ? $"{path}?id={device.OsmandId}" : path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
            using var answer = await _center.Server.Http.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.AnyOf(200, worst), Convert.ToHexStringLower(body));
        }
    }

    [Test]
    public async Task DamagedFramesCloseTheirLineAndNoOther()
    {
        var token = await _center.SignInAsync("dispatcher");
        var mutator = new Mutator([.. FuzzTargets.HubFrames()], seed: 20_261_122);
        for (var i = 0; i < Lines; i++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(new Uri($"ws://localhost:{_center.Server.Port}/hubs/wall"), CancellationToken.None);
            await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await SendUntilClosedAsync(socket, mutator);
            socket.Abort();
        }

        await using var wall = await WallClient.ConnectAsync(_center.Server, token);
        await wall.UntilAsync(new() { Area = "140106" }, frame => frame.Full);
        Assert.That(_center.Server.Output, Does.Not.Contain("Unhandled").And.Not.Contain(" crit:"));
    }

    private static async Task SendUntilClosedAsync(ClientWebSocket socket, Mutator mutator)
    {
        try
        {
            for (var i = 0; i < FramesALine && socket.State == WebSocketState.Open; i++)
            {
                await socket.SendAsync(mutator.Next(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // Closed by the server, as it should be.
        }
    }
}

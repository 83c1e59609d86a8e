using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CommandCenter.Contracts.Wall;
using CommandCenter.IntegrationTests.Harness;
using Microsoft.AspNetCore.SignalR;

namespace CommandCenter.IntegrationTests.Wall;

/// <summary>The hub on a real server, over a real WebSocket.</summary>
public sealed class WallHubTests
{
    private static readonly WatchRequest District = new() { Area = "140106" };
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

    [Test]
    public async Task APostedFixIsInAFrame()
    {
        await using var wall = await WallClient.ConnectAsync(_center.Server, await _center.SignInAsync("wall"));
        var device = _center.Devices[0];
        var slot = -1;
        var posted = false;

        var frame = await wall.UntilAsync(District, frame =>
        {
            if (!posted)
            {
                posted = true;
                Assert.That(frame.Full, Is.True);
                _ = _center.SendFixAsync(device, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 112.5712345, 37.8612345);
            }

            slot = frame.Names?.FirstOrDefault(name => name.Worker == device.Worker)?.Slot ?? slot;
            return WallClient.RecordsOf(frame).Any(record => record.Slot == slot && record.LongitudeE7 == 1_125_712_345);
        });

        var record = WallClient.RecordsOf(frame).Single(record => record.Slot == slot);
        Assert.Multiple(() =>
        {
            Assert.That(record.LatitudeE7, Is.EqualTo(378_612_345));
            Assert.That(record.Presence, Is.EqualTo(Presence.Moving));
            Assert.That(record.Heading, Is.EqualTo(64));
        });
    }

    [Test]
    public async Task AWallThatAcknowledgesNothingGetsTwoFramesAndThenTheDifference()
    {
        await using var wall = await WallClient.ConnectAsync(_center.Server, await _center.SignInAsync("wall"));
        using var end = new CancellationTokenSource();
        var taken = new List<WallFrame>();
        var reading = ReadAsync();
        async Task ReadAsync()
        {
            await foreach (var frame in wall.Watch(District, end.Token))
            {
                taken.Add(frame);
            }
        }

        await Eventually.TrueAsync(() => taken.Count == 2, "two frames");
        for (var i = 0; i < 6; i++)
        {
            await _center.SendFixAsync(_center.Devices[1], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 112.58 + (i * 0.0001));
            await Task.Delay(400);
        }

        Assert.That(taken, Has.Count.EqualTo(2), "no frame may follow two unacknowledged ones");
        await wall.ShownAsync(taken[1].Tick);
        await Eventually.TrueAsync(() => taken.Count > 2, "the frame after the acknowledgement");
        Assert.That(taken[2].Full, Is.False);
        Assert.That(WallClient.RecordsOf(taken[2]).Select(record => record.LongitudeE7), Does.Contain(1_125_805_000));
        end.Cancel();
        await reading.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Test]
    public async Task AWallThatComesBackGetsWhatItMissed()
    {
        var token = await _center.SignInAsync("wall");
        await _center.SendFixAsync(_center.Devices[2], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 112.59);
        WallFrame last;
        await using (var before = await WallClient.ConnectAsync(_center.Server, token))
        {
            last = await before.UntilAsync(District, frame => frame.Full);
        }

        await _center.SendFixAsync(_center.Devices[2], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1, 112.5901);
        await using var wall = await WallClient.ConnectAsync(_center.Server, token);
        var resumed = await wall.UntilAsync(District with { Epoch = last.Epoch, Tick = last.Tick }, frame => frame.Count > 0);
        await using var stranger = await WallClient.ConnectAsync(_center.Server, token);
        var full = await stranger.UntilAsync(District with { Epoch = "another", Tick = last.Tick }, _ => true);

        Assert.Multiple(() =>
        {
            Assert.That(resumed.Full, Is.False);
            Assert.That(resumed.Count, Is.LessThan(full.Count).Or.EqualTo(1));
            Assert.That(full.Full, Is.True);
        });
    }

    [Test]
    public async Task AnAreaOutsideOnesOwnIsRefused()
    {
        await using var wall = await WallClient.ConnectAsync(_center.Server, await _center.SignInAsync("dispatcher", ofSubdistrict: true));

        Assert.That(async () => await wall.UntilAsync(District, _ => true), Throws.InstanceOf<HubException>().With.Message.Contains("403"));
        Assert.That(async () => await wall.UntilAsync(new WatchRequest { Area = "no-such" }, _ => true), Throws.InstanceOf<HubException>().With.Message.Contains("403"));
    }

    [Test]
    public async Task BoundsThatAreNoRectangleAreRefused()
    {
        await using var wall = await WallClient.ConnectAsync(_center.Server, await _center.SignInAsync("wall"));

        Assert.That(
            async () => await wall.UntilAsync(District with { Bounds = [1, 2, 3] }, _ => true),
            Throws.InstanceOf<HubException>().With.Message.Contains("400"));
    }

    [Test]
    public async Task InEveryFrameOfASubdistrictOnlyItsOwnHaveNames()
    {
        await _center.SendFixAsync(_center.Devices[0], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await using var wall = await WallClient.ConnectAsync(_center.Server, await _center.SignInAsync("dispatcher", ofSubdistrict: true));
        var own = _center.SubdistrictOfDispatcher;

        var frame = await wall.UntilAsync(new WatchRequest { Area = own }, frame => frame.Full);

        Assert.That((frame.Names ?? []).Where(name => name.Area is not null).Select(name => name.Area![..own.Length]), Is.All.EqualTo(own));
        Assert.That((frame.Names ?? []).Where(name => name.Area is null).Select(name => name.Name), Is.All.Null);
    }

    [Test]
    public async Task AnAccountThatIsDisabledLosesItsWallsWithinSeconds()
    {
        var http = _center.Server.Http;
        var administrator = await _center.SignInAsync("administrator");
        using var made = await SendAsync(HttpMethod.Post, "/api/accounts", administrator, new { user = "passing", password = "a long enough password", role = "wall", area = "140106" });
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var id = (await made.ReadJsonAsync()).GetProperty("id").GetInt32();
        using var session = await http.PostAsJsonAsync("/api/session", new { user = "passing", password = "a long enough password" });
        await using var wall = await WallClient.ConnectAsync(_center.Server, (await session.ReadJsonAsync()).GetProperty("token").GetString());
        await wall.UntilAsync(District, frame => frame.Full);

        using var disabled = await SendAsync(HttpMethod.Post, $"/api/accounts/{id}/disable", administrator, null);

        Assert.That(disabled.IsSuccessStatusCode, Is.True);
        Assert.That(await wall.SignedOut.Task.WaitAsync(TimeSpan.FromSeconds(15)), Is.EqualTo("session-ended"));
        await wall.Closed.Task.WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Test]
    public async Task WithoutASessionThereIsNoHub()
    {
        using var answer = await _center.Server.Http.PostAsync("/hubs/wall/negotiate?negotiateVersion=1", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _center.Server.Http.SendAsync(request);
    }
}

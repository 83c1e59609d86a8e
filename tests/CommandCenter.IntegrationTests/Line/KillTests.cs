using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.IntegrationTests.Line;

/// <summary>Answered means durable: after a <c>kill -9</c> of any one process every answered fix is shown and, in the end, stored once.</summary>
public sealed class KillTests
{
    private static readonly string[] Quick = ["--TrackWriter:FlushSeconds=0.5", "--LivePicture:CheckpointSeconds=1", "--PositionLog:TrimSeconds=1"];

    [Test]
    public async Task AnAnsweredFixSurvivesTheServer()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path, Quick);
        var center = await DemoCenter.OfAsync(first);
        var sent = await SendWalkAsync(center, 25);
        await first.KillAsync();

        await using var second = await ServerProcess.StartAsync(folder.Path, Quick);
        await AssertShownAndStoredOnceAsync(center.At(second), sent);
    }

    [Test]
    public async Task AnAnsweredFixSurvivesRedis()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, Quick);
        var center = await DemoCenter.OfAsync(server);
        var sent = await SendWalkAsync(center, 25);
        ChildCommand.Send(server.Services.Redis!.Pid, Signal.Kill);
        sent.AddRange(await SendWalkAsync(center, 25));

        await AssertShownAndStoredOnceAsync(center, sent);
    }

    [Test]
    public async Task AnAnsweredFixSurvivesPostgresAndTheWallLivesOn()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path, Quick);
        var center = await DemoCenter.OfAsync(server);
        var token = await center.SignInAsync("dispatcher");
        var sent = await SendWalkAsync(center, 10);
        ChildCommand.Send(server.Services.Postgres!.Pid, Signal.Kill);
        sent.AddRange(await SendWalkAsync(center, 25));
        await using (var wall = await WallClient.ConnectAsync(server, token))
        {
            await wall.UntilAsync(new() { Area = "140106" }, frame => frame.Count > 0);
        }

        await AssertShownAndStoredOnceAsync(center, sent);
    }

    /// <summary>Fixes a second apart, the last of them now; those that were answered 200, retried until they were.</summary>
    private static async Task<List<long>> SendWalkAsync(DemoCenter center, int count)
    {
        var answered = new List<long>();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var i = 0; i < count; i++)
        {
            var fixTime = now - ((count - i) * 1_000);
            await Eventually.TrueAsync(
                async () => await center.SendFixAsync(center.Devices[0], fixTime, 112.57 + (i * 1e-5)) == HttpStatusCode.OK, "an answer of 200");
            answered.Add(fixTime);
        }

        return answered;
    }

    /// <summary>As soon as what was killed is back.</summary>
    private static async Task<string> SignInAsync(DemoCenter center)
    {
        string? token = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    token = await center.SignInAsync("dispatcher");
                    return true;
                }
                catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return false;
                }
            },
            "a sign-in",
            TimeSpan.FromSeconds(60));
        return token!;
    }

    private static async Task AssertShownAndStoredOnceAsync(DemoCenter center, List<long> sent)
    {
        var token = await SignInAsync(center);
        var newest = DateTimeOffset.FromUnixTimeMilliseconds(sent.Max());
        await Eventually.TrueAsync(
            async () => await center.PositionOfAsync(token, center.Devices[0].Worker) is { } feature
                && DateTimeOffset.Parse(DemoCenter.FixTimeOf(feature), System.Globalization.CultureInfo.InvariantCulture) == newest,
            "the newest answered fix is shown");
        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(center.Server));
        await Eventually.TrueAsync(
            async () => (await StoredTracks.TimesAsync(postgres)).Intersect(sent).Count() == sent.Distinct().Count(), "every answered fix is stored", TimeSpan.FromSeconds(60));
        var times = await StoredTracks.TimesAsync(postgres);
        Assert.That(times, Is.Unique);
        Assert.That(sent, Is.SubsetOf(times));
    }
}

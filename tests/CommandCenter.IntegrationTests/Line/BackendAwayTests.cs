using System.Diagnostics;
using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.IntegrationTests.Line;

/// <summary>What phones and walls notice while a backend is away, and that all of it passes by itself.</summary>
public sealed class BackendAwayTests
{
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(
            _folder.Path, "--TrackWriter:FlushSeconds=0.5", "--LivePicture:CheckpointSeconds=1", "--PositionLog:TrimSeconds=1"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task AStoppedRedisMakes503WithRetryAfterInAboutTwoSecondsAndComesBackByItself()
    {
        var device = _center.Devices[0];
        Assert.That(await _center.SendFixAsync(device, Now()), Is.EqualTo(HttpStatusCode.OK));
        var redis = _center.Server.Services.Redis!.Pid;
        SendSignal("STOP", redis);
        try
        {
            var clock = Stopwatch.StartNew();
            using var answer = await _center.Server.Http.GetAsync($"/osmand?id={device.OsmandId}&lat=37.86&lon=112.57&timestamp={Now()}");
            Assert.Multiple(() =>
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(answer.Headers.RetryAfter?.Delta, Is.Not.Null);
                Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(6)), "bounded, with room for a busy machine");
            });
        }
        finally
        {
            SendSignal("CONT", redis);
        }

        await Eventually.TrueAsync(async () => await _center.SendFixAsync(device, Now()) == HttpStatusCode.OK, "answers again");
    }

    [Test]
    public async Task APoisonedEntryIsSetAsideAndTheLineGoesOn()
    {
        var services = _center.Server.Services;
        await AppendRubbishAsync(services.Redis!.Port!.Value, Secret("redis-password"));
        var fixTime = Now();
        await Eventually.TrueAsync(async () => await _center.SendFixAsync(_center.Devices[1], fixTime) == HttpStatusCode.OK, "an answer");

        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(_center.Server));
        await Eventually.TrueAsync(async () => (await StoredTracks.TimesAsync(postgres)).Contains(fixTime), "the fix behind the rubbish is stored");
        await using var command = postgres.CreateCommand("select count(*) from poisoned_log_entries where body = 'rubbish'::bytea");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1L));
    }

    [Test]
    public async Task NoSecretReachesTheLog()
    {
        var token = await _center.SignInAsync("dispatcher");
        var device = _center.Devices[2];
        await _center.SendFixAsync(device, Now());
        using (var unknown = await _center.Server.Http.GetAsync("/osmand?id=secret-of-a-stranger&lat=1&lon=1"))
        using (var hub = await _center.Server.Http.GetAsync($"/hubs/wall?access_token={token}"))
        {
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        var log = _center.Server.Output;
        Assert.That(log, Does.Contain("Ready"));
        foreach (var secret in new[] { token, device.OsmandId, device.Password, "secret-of-a-stranger", Secret("redis-password"), Secret("postgres-password") })
        {
            Assert.That(log, Does.Not.Contain(secret));
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static void SendSignal(string name, int pid)
    {
        using var kill = Process.Start("kill", ["-" + name, pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task AppendRubbishAsync(int port, string password)
    {
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},password={password}");
        await redis.GetDatabase().ExecuteAsync("XADD", CommandCenter.Storage.RedisKeys.PositionLog(0), "*", "b", "rubbish");
    }

    private string Secret(string name) => File.ReadAllText(Path.Combine(_folder.Path, "secrets", name)).Trim();
}

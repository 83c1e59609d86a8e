using System.Net;
using System.Net.Http.Json;
using CommandCenter.Chaos.Center;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using Npgsql;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>A backend at its bound: refused plainly, nothing broken, back by itself.</summary>
public sealed class BoundsTests
{
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path, "--TrackWriter:FlushSeconds=0.5", "--LivePicture:CheckpointSeconds=1"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task ARedisAtItsMemoryBoundMakes503AndLosesNothing()
    {
        var redis = new RedisLine("127.0.0.1", _center.Server.Services.Redis!.Port!.Value, File.ReadAllText(Path.Combine(_folder.Path, "secrets", "redis-password")).Trim());
        var before = Now();
        Assert.That(await _center.SendFixAsync(_center.Devices[0], before), Is.EqualTo(HttpStatusCode.OK));
        await redis.AskAsync("CONFIG SET maxmemory 1mb");

        using (var answer = await _center.Server.Http.GetAsync($"/osmand?id={_center.Devices[0].OsmandId}&lat=37.86&lon=112.57&timestamp={Now()}"))
        {
            await AssertPlainlyUnavailableAsync(answer);
        }

        await redis.AskAsync("CONFIG SET maxmemory 1gb");
        var after = Now();
        await Eventually.TrueAsync(async () => await _center.SendFixAsync(_center.Devices[0], after) == HttpStatusCode.OK, "answers again");
        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(_center.Server));
        await Eventually.TrueAsync(
            async () => (await StoredTracks.TimesAsync(postgres)).Intersect([before, after]).Count() == 2, "both answered fixes are stored", TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task APostgresWithoutFreeConnectionsMakes503WhilePhonesAreAnswered()
    {
        var taken = new List<NpgsqlConnection>();
        try
        {
            await TakeAllAsync(taken);
            await ThrowTheServerOutAsync(taken[0]);
            await TakeAllAsync(taken);
            var (user, password) = _center.AccountOf("dispatcher");
            await Eventually.TrueAsync(
                async () =>
                {
                    await TakeAllAsync(taken);
                    using var answer = await _center.Server.Http.PostAsJsonAsync("/api/session", new { user, password });
                    if (answer.IsSuccessStatusCode)
                    {
                        return false; // It was quicker than we to the place it lost.
                    }

                    await AssertPlainlyUnavailableAsync(answer);
                    return true;
                },
                "a plain refusal");
            Assert.That(await _center.SendFixAsync(_center.Devices[1], Now()), Is.EqualTo(HttpStatusCode.OK), "phones do not need PostgreSQL");
        }
        finally
        {
            foreach (var connection in taken)
            {
                await connection.DisposeAsync();
            }
        }

        string? token = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    token = await _center.SignInAsync("dispatcher");
                    return true;
                }
                catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return false;
                }
            },
            "people can sign in again");
        Assert.That(token, Is.Not.Empty);
    }

    private static async Task AssertPlainlyUnavailableAsync(HttpResponseMessage answer)
    {
        var body = await answer.ReadJsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.Not.Null);
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(body.GetProperty("reason").GetString(), Is.Not.Empty);
        });
    }

    private async Task TakeAllAsync(List<NpgsqlConnection> taken)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(StoredTracks.ConnectionString(_center.Server));
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }

    private static async Task ThrowTheServerOutAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'commandcenter'", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}

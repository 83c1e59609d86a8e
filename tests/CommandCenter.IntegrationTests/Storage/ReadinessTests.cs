using System.Net;
using System.Net.Sockets;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using Npgsql;

namespace CommandCenter.IntegrationTests.Storage;

/// <summary>Servers on backends that somebody else runs, as in production.</summary>
public sealed class ReadinessTests
{
    private Backends _backends = null!;

    [SetUp]
    public async Task StartAsync() => _backends = await Backends.FreshAsync();

    [TearDown]
    public async Task StopAsync() => await _backends.DisposeAsync();

    [TestCase("appendfsync", "everysec", "always")]
    [TestCase("maxmemory-policy", "allkeys-lru", "noeviction")]
    [TestCase("appendonly", "no", "yes")]
    public async Task RedisThatCouldLoseDataKeepsTheServerFromReadyUntilMended(string setting, string unsafeValue, string safeValue)
    {
        await ConfigureAsync(setting, unsafeValue);
        try
        {
            await using var server = await ServerProcess.LaunchAsync(null, ServerProcess.Environment(_backends));
            await Eventually.TrueAsync(async () => (await ReadyReasonAsync(server)).Contains($"{setting} is {unsafeValue}", StringComparison.Ordinal), "the reason");
            Assert.That(await server.Http.AnswersAsync("/healthz/live", HttpStatusCode.OK));

            await ConfigureAsync(setting, safeValue);
            await server.UntilReadyAsync();
        }
        finally
        {
            await ConfigureAsync(setting, safeValue);
        }
    }

    [Test]
    public async Task PostgresThatCouldLoseDataKeepsTheServerFromReadyUntilMended()
    {
        var database = new NpgsqlConnectionStringBuilder(_backends.Postgres).Database;
        await ExecuteAsync($"alter database {database} set synchronous_commit = off");
        await using var server = await ServerProcess.LaunchAsync(null, ServerProcess.Environment(_backends));
        await Eventually.TrueAsync(async () => (await ReadyReasonAsync(server)).Contains("synchronous_commit is off", StringComparison.Ordinal), "the reason");

        await ExecuteAsync($"alter database {database} reset synchronous_commit");
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}' and pid <> pg_backend_pid()");
        await server.UntilReadyAsync();
    }

    [Test]
    public async Task ServerWaitsForAPostgresThatIsNotThereYet()
    {
        var environment = ServerProcess.Environment(_backends);
        var away = new NpgsqlConnectionStringBuilder(_backends.Postgres) { Port = CommandCenter.Storage.Embedded.FreePort.Find() };
        environment["ConnectionStrings__Postgres"] = away.ConnectionString;
        await using var server = await ServerProcess.LaunchAsync(null, environment);
        await Eventually.TrueAsync(async () => (await ReadyReasonAsync(server)).Contains("schema", StringComparison.Ordinal), "it says what it waits for");
        Assert.That(await server.StopAsync(), Is.Zero);
        Assert.That(server.Output, Does.Not.Contain(away.Password!));
    }

    [Test]
    public async Task UnreadableConnectionStringIsRefusedWithoutItsSecrets()
    {
        var environment = ServerProcess.Environment(_backends);
        environment["ConnectionStrings__Redis"] = "localhost:1,pass=hush-hush";
        await using var server = await ServerProcess.LaunchAsync(null, environment);
        await Eventually.TrueAsync(() => server.Output.Contains("ConnectionStrings:Redis cannot be read", StringComparison.Ordinal), "the sentence");
        Assert.That(server.Output, Does.Not.Contain("hush-hush"));
    }

    [Test]
    public async Task TwoServersShareOneDatabase()
    {
        await using var one = await ServerProcess.StartAsync(_backends);
        await using var two = await ServerProcess.StartAsync(_backends);
        Assert.That(await one.StopAsync(), Is.Zero);
        Assert.That(await two.Http.AnswersAsync("/healthz/ready", HttpStatusCode.OK));
    }

    private static async Task<string> ReadyReasonAsync(ServerProcess server)
    {
        try
        {
            using var response = await server.Http.GetAsync("/healthz/ready");
            return response.StatusCode == HttpStatusCode.ServiceUnavailable ? (await response.ReadJsonAsync()).GetProperty("detail").GetString()! : "";
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return "";
        }
    }

    private Task ConfigureAsync(string setting, string value) =>
        _backends.Redis.CallAsync(redis => redis.ExecuteAsync("CONFIG", "SET", setting, value), CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _backends.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

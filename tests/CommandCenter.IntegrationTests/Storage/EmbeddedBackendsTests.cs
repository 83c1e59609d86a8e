using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.IntegrationTests.Storage;

/// <summary>The server with its own PostgreSQL and Redis: what dies, what comes back, what refuses to start.</summary>
public sealed class EmbeddedBackendsTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task KilledServerLeavesNoOrphanAndTheNextStartKeepsItsData()
    {
        await using (var killed = await ServerProcess.StartAsync(_folder.Path, "--no-demo"))
        {
            await ExecuteAsync(killed, "create table proof as select 42 as answer");
            await SetRedisAsync(killed, "proof", "42");
            await killed.KillAsync();
        }

        await Eventually.TrueAsync(() => Predecessors.Find([In("postgres"), In("redis")]).Count == 0, "children end with the server");

        await using var next = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        Assert.That(await ScalarAsync(next, "select answer from proof"), Is.EqualTo(42));
        Assert.That(await GetRedisAsync(next, "proof"), Is.EqualTo("42"));
        Assert.That(await next.StopAsync(), Is.Zero);
    }

    [Test]
    public async Task StartRightAfterAKillWaitsForThePredecessorsChildren()
    {
        await using (var killed = await ServerProcess.StartAsync(_folder.Path, "--no-demo"))
        {
            await killed.KillAsync();
        }

        await using var next = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        Assert.That(await next.Http.AnswersAsync("/healthz/ready", HttpStatusCode.OK));
    }

    [Test]
    public async Task FrozenOrphanOfAKilledServerIsEnded()
    {
        int redis;
        await using (var killed = await ServerProcess.StartAsync(_folder.Path, "--no-demo"))
        {
            redis = killed.Services.Redis!.Pid;
            Assert.That(ChildCommand.Send(redis, (Signal)19)); // SIGSTOP: it cannot obey the kernel's word to stop.
            await killed.KillAsync();
        }

        Assert.That(Predecessors.Find([In("redis")]).Select(found => found.ProcessId), Is.EqualTo(new[] { redis }));
        await using var next = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        Assert.That(next.Services.Redis!.Pid, Is.Not.EqualTo(redis));
        Assert.That(Predecessors.Find([In("redis")]).Select(found => found.ProcessId), Is.EqualTo(new[] { next.Services.Redis!.Pid }));
    }

    [Test]
    public async Task RedisThatDiesRunsAgainOnTheSamePortWithItsData()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        var before = server.Services.Redis!;
        await SetRedisAsync(server, "proof", "kept");

        ChildCommand.Send(before.Pid, Signal.Kill);
        await Eventually.TrueAsync(() => server.Services.Redis is { } now && now.Pid != before.Pid, "a new Redis");
        await Eventually.TrueAsync(async () => await TryGetRedisAsync(server, "proof") == "kept", "the data again");

        Assert.That(server.Services.Redis!.Port, Is.EqualTo(before.Port));
        await Eventually.TrueAsync(() => server.Http.AnswersAsync("/healthz/ready", HttpStatusCode.OK), "ready again");
    }

    [Test]
    public async Task PostgresThatDiesRunsAgainOnTheSamePortWithItsData()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        var before = server.Services.Postgres!;
        await ExecuteAsync(server, "create table proof as select 7 as answer");

        ChildCommand.Send(before.Pid, Signal.Kill);
        await Eventually.TrueAsync(() => server.Services.Postgres is { } now && now.Pid != before.Pid, "a new PostgreSQL");
        await Eventually.TrueAsync(async () => await TryScalarAsync(server, "select answer from proof") is 7, "the data again");

        Assert.That(server.Services.Postgres!.Port, Is.EqualTo(before.Port));
        await Eventually.TrueAsync(() => server.Http.AnswersAsync("/healthz/ready", HttpStatusCode.OK), "ready again");
    }

    [Test]
    public async Task SecondServerOnTheSameFolderIsRefused()
    {
        await using var first = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path);
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.DataFolderInUse), output);
        Assert.That(output, Does.Contain("is in use by another running server"));
    }

    [Test]
    public async Task PortInUseIsRefusedWithASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, FreePort.Find());
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "--port", port);
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.PortInUse), output);
        Assert.That(output.Trim().Split('\n'), Has.Length.EqualTo(1), output);
    }

    [Test]
    public async Task FolderOfANewerVersionIsRefused()
    {
        await File.WriteAllTextAsync(In("version"), "2");
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path);
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.NewerData), output);
    }

    [Test]
    public async Task SchemaOfANewerVersionIsRefused()
    {
        await using (var server = await ServerProcess.StartAsync(_folder.Path, "--no-demo"))
        {
            await ExecuteAsync(server, "insert into schema_migrations (number, name, checksum) values (9999, 'from_the_future', 'x')");
            await server.StopAsync();
        }

        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path);
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.NewerData), output);
        Assert.That(output, Does.Contain("from_the_future"));
    }

    [TestCase("--demo", "--no-demo")]
    [TestCase("--no-demo", "--demo")]
    public async Task FolderOfTheOtherModeIsRefused(string made, string asked)
    {
        await using (var server = await ServerProcess.StartAsync(_folder.Path, made))
        {
            await server.StopAsync();
        }

        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, asked);
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.OtherMode), output);
    }

    [Test]
    public async Task MissingRedisIsNamedWithWhatToInstall()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder.Path, "--Storage:RedisServer=no-such-redis");
        Assert.That(exitCode, Is.EqualTo((int)ExitCode.MissingTool), output);
        Assert.That(output, Does.Contain("apt-get install redis-server"));
    }

    [Test]
    public async Task UnknownFilesInTheFolderDoNotMatter()
    {
        await File.WriteAllTextAsync(In("holiday.txt"), "?");
        Directory.CreateDirectory(In("photos"));
        await using var server = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        Assert.That(File.Exists(In("holiday.txt")));
    }

    [Test]
    public async Task SecretsAreReadableByTheOwnerAlone()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path, "--no-demo");
        string[] secret = ["secrets/postgres-password", "secrets/redis-password", "redis/redis.conf", "services.json"];
        Assert.That(secret.Select(file => File.GetUnixFileMode(In(file))), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(_folder.Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute), Is.EqualTo(UnixFileMode.None));
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private async Task ExecuteAsync(ServerProcess server, string sql) => await ScalarAsync(server, sql);

    private async Task<object?> ScalarAsync(ServerProcess server, string sql)
    {
        var password = await File.ReadAllTextAsync(In("secrets/postgres-password"));
        await using var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={server.Services.Postgres!.Port};Username=commandcenter;Password={password};Database=commandcenter;Pooling=false;Timeout=5");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task<object?> TryScalarAsync(ServerProcess server, string sql)
    {
        try
        {
            return await ScalarAsync(server, sql);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private async Task SetRedisAsync(ServerProcess server, string key, string value)
    {
        using var redis = await OpenRedisAsync(server);
        await redis.GetDatabase().StringSetAsync(key, value);
    }

    private async Task<string?> GetRedisAsync(ServerProcess server, string key)
    {
        using var redis = await OpenRedisAsync(server);
        return await redis.GetDatabase().StringGetAsync(key);
    }

    private async Task<string?> TryGetRedisAsync(ServerProcess server, string key)
    {
        try
        {
            return await GetRedisAsync(server, key);
        }
        catch (StackExchange.Redis.RedisException)
        {
            return null;
        }
    }

    private async Task<StackExchange.Redis.ConnectionMultiplexer> OpenRedisAsync(ServerProcess server)
    {
        var password = await File.ReadAllTextAsync(In("secrets/redis-password"));
        return await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Services.Redis!.Port},password={password}");
    }
}

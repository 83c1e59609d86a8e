using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace CommandCenter.IntegrationTests.Storage;

/// <summary>Two Redis behind one connection string, as the masters of a cluster are: each must keep what it acknowledges.</summary>
public sealed class BackendDurabilityTests
{
    private readonly List<EmbeddedBackends> _backends = [];
    private readonly List<IDisposable> _folders = [];

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var backends in _backends)
        {
            await backends.DisposeAsync();
        }

        _folders.AsEnumerable().Reverse().ToList().ForEach(folder => folder.Dispose());
        _backends.Clear();
        _folders.Clear();
    }

    [Test]
    public async Task AnUnsafeNodeAmongSafeOnesIsNamed()
    {
        var (one, password) = await StartAsync();
        var (other, otherPassword) = await StartAsync();
        using (var alone = await ConnectionMultiplexer.ConnectAsync($"{other},password={otherPassword},allowAdmin=true"))
        {
            await alone.GetServer(other).ConfigSetAsync("requirepass", password);
        }

        using var both = await ConnectionMultiplexer.ConnectAsync($"{one},{other},password={password},allowAdmin=true");
        Assert.That(await BackendDurability.RedisReasonAsync(both), Is.Null, "both are safe");

        await both.GetServer(other).ConfigSetAsync("appendfsync", "everysec");
        Assert.That(await BackendDurability.RedisReasonAsync(both), Does.Contain($"{other}: ").And.Contain("appendfsync is everysec").And.Not.Contain($"{one}: "));

        await both.GetServer(other).ConfigSetAsync("appendfsync", "always");
        await both.GetServer(one).ConfigSetAsync("maxmemory-policy", "allkeys-lru");
        Assert.That(await BackendDurability.RedisReasonAsync(both), Does.Contain($"{one}: ").And.Contain("maxmemory-policy is allkeys-lru").And.Not.Contain($"{other}: "));
    }

    private async Task<(EndPoint Address, string Password)> StartAsync()
    {
        var temporary = new TemporaryFolder();
        var folder = DataFolder.Open(temporary.Path, demo: false, demoByDefault: false);
        _folders.AddRange([temporary, folder]);
        var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: false, withRedis: true, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        _backends.Add(backends);
        var options = ConfigurationOptions.Parse(backends.Redis!);
        return (options.EndPoints[0], options.Password);
    }
}

using System.Diagnostics;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CommandCenter.IntegrationTests.Storage;

/// <summary>A Redis of its own for each test, since it is killed and frozen here.</summary>
public sealed class RedisConnectionTests
{
    private TemporaryFolder _temporary = null!;
    private DataFolder _folder = null!;
    private EmbeddedBackends _backends = null!;
    private RedisConnection _redis = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _temporary = new TemporaryFolder();
        _folder = DataFolder.Open(_temporary.Path, demo: false, demoByDefault: false);
        _backends = await EmbeddedBackends.StartAsync(
            _folder, withPostgres: false, withRedis: true, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        _redis = new RedisConnection(
            new BackendAddresses("", _backends.Redis!), Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await _redis.StartAsync(CancellationToken.None);
        await _redis.WhenUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _redis.StopAsync(CancellationToken.None);
        _redis.Dispose();
        await _backends.DisposeAsync();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public async Task AnsweredWritesSurviveAKillAndCallsWorkAgain()
    {
        Assert.That(await SetAsync("a", "1"));
        ChildCommand.Send(RedisPid, Signal.Kill);
        await Eventually.TrueAsync(() => !_redis.IsUp, "the loss is noticed", TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<RedisAwayException>(() => SetAsync("b", "2"));

        await _redis.WhenUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(await _redis.CallAsync(async database => (string?)await database.StringGetAsync("a"), CancellationToken.None), Is.EqualTo("1"));
    }

    [Test]
    public async Task CallsToAFrozenRedisFailWithinTheBoundAndThenAtOnce()
    {
        ChildCommand.Send(RedisPid, (Signal)19); // SIGSTOP
        try
        {
            var clock = Stopwatch.StartNew();
            await Assert.ThrowsAsync<RedisAwayException>(() => SetAsync("a", "1"));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2.8)));

            await Eventually.TrueAsync(() => !_redis.IsUp, "it is known to be away", TimeSpan.FromSeconds(3));
            clock.Restart();
            await Assert.ThrowsAsync<RedisAwayException>(() => SetAsync("a", "1"));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(0.2)));
        }
        finally
        {
            ChildCommand.Send(RedisPid, (Signal)18); // SIGCONT
        }

        await _redis.WhenUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(15));
        Assert.That(await SetAsync("a", "2"));
    }

    [Test]
    public async Task CancellationOfTheCallerIsNoFailureOfRedis()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        await Assert.CatchAsync<OperationCanceledException>(() => _redis.CallAsync(database => database.StringSetAsync("a", "1"), cancelled.Token));
        Assert.That(_redis.IsUp);
    }

    [Test]
    public async Task WrongUseIsNoFailureOfRedis()
    {
        await Assert.ThrowsAsync<StackExchange.Redis.RedisServerException>(() => _redis.CallAsync(database => database.ExecuteAsync("XADD", "k"), CancellationToken.None));
        Assert.That(_redis.IsUp);
    }

    private int RedisPid => ServicesFile.Read(_folder.Services)!.Redis!.Pid;

    private Task<bool> SetAsync(string key, string value) => _redis.CallAsync(database => database.StringSetAsync(key, value), CancellationToken.None);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>
/// The one way to Redis. StackExchange.Redis 1.2.6 needs its heartbeat to notice a server that came back, so a broken multiplexer is
/// thrown away and made anew; and every await is bounded, because calls to a stopped Redis never end.
/// </summary>
public sealed partial class RedisConnection : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private readonly RedisDoor _door;
    private readonly TimeSpan _callBound;
    private readonly TimeSpan _pingPause;
    private readonly TimeSpan _longestPause;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    private readonly ConcurrentDictionary<string, Action> _subscriptions = new(StringComparer.Ordinal);

    private volatile Link? _link;
    private volatile TaskCompletionSource _up = NewSignal();

    public RedisConnection(BackendAddresses addresses, IOptions<StorageOptions> options, TimeProvider time, ILogger<RedisConnection> logger)
    {
        _callBound = TimeSpan.FromSeconds(options.Value.RedisCallSeconds);
        _pingPause = TimeSpan.FromSeconds(options.Value.RedisPingSeconds);
        _longestPause = TimeSpan.FromSeconds(options.Value.RedisBackoffSeconds);
        _door = new RedisDoor(addresses.Redis, _callBound);
        _time = time;
        _logger = logger;
    }

    public bool IsUp => _link is not null;

    /// <summary>Completes at once while Redis is there, else when it is there again.</summary>
    public Task WhenUpAsync(CancellationToken cancellationToken) => _up.Task.WaitAsync(cancellationToken);

    /// <summary>Runs one call; throws <see cref="RedisAwayException"/> when Redis is away or silent for longer than the bound.</summary>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        var link = _link;
        if (link is null)
        {
            StorageMetrics.RedisCallsFailed.Add(1);
            throw new RedisAwayException("Redis is away.");
        }

        Task<T>? pending = null;
        try
        {
            pending = call(link.Multiplexer.GetDatabase());
            return await pending.WaitAsync(_callBound, _time, cancellationToken);
        }
        catch (Exception e) when (RedisFaults.MeansAway(e, out var connectionIsBroken))
        {
            StorageMetrics.RedisCallsFailed.Add(1);
            RedisFaults.Observe(pending);
            if (connectionIsBroken)
            {
                link.Broken.TrySetResult(e.GetType().Name);
            }

            throw new RedisAwayException(e is TimeoutException ? $"Redis did not answer within {_callBound.TotalSeconds} s." : e.Message, e);
        }
    }

    /// <summary>
    /// Calls back for every message on the channel, on this link and each that follows it; what was published while there was none is not told, so
    /// a message may only wake who reads elsewhere. One callback a channel, which must not throw.
    /// </summary>
    public void Subscribe(string channel, Action woken)
    {
        _subscriptions[channel] = woken;
        if (_link is { } link)
        {
            Subscribe(link, channel, woken);
        }
    }

    private static void Subscribe(Link link, string channel, Action woken)
    {
        try
        {
            RedisFaults.Observe(link.Multiplexer.GetSubscriber().SubscribeAsync(channel, (_, _) => woken()));
        }
        catch (Exception e) when (RedisFaults.MeansAway(e, out _))
        {
            link.Broken.TrySetResult(e.GetType().Name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attempt = 0;
        var awaySince = _time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            Link? link = null;
            try
            {
                link = new Link(await _door.OpenAsync(attempt, stoppingToken));
                OnLinked(link, attempt, _time.GetElapsedTime(awaySince));
                attempt = 0;
                var reason = await UntilBrokenAsync(link, stoppingToken);
                LogLost(reason);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                LogFailedAttempt(attempt, e);
            }
            finally
            {
                // Told by a broken connection or by a ping without an answer: it is away since now.
                awaySince = _link is null ? awaySince : _time.GetTimestamp();
                Unlink(link);
            }

            await Task.Delay(PauseBefore(attempt++), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void OnLinked(Link link, int attempts, TimeSpan away)
    {
        link.Multiplexer.ConnectionFailed += (_, failure) => link.Broken.TrySetResult(failure.FailureType.ToString());
        _link = link;
        foreach (var (channel, woken) in _subscriptions)
        {
            Subscribe(link, channel, woken);
        }

        _up.TrySetResult();
        LogUp(away.TotalSeconds, attempts);
    }

    private async Task<string> UntilBrokenAsync(Link link, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                return await link.Broken.Task.WaitAsync(_pingPause, _time, stoppingToken);
            }
            catch (TimeoutException)
            {
                var ping = link.Multiplexer.GetDatabase().PingAsync();
                RedisFaults.Observe(ping);
                await ping.WaitAsync(_callBound, _time, stoppingToken);
            }
        }
    }

    private void Unlink(Link? link)
    {
        if (_link is not null)
        {
            StorageMetrics.RedisLinksLost.Add(1);
            _up = NewSignal();
            _link = null;
        }

        if (link is not null)
        {
            RedisDoor.Close(link.Multiplexer);
        }
    }

    private TimeSpan PauseBefore(int attempt)
    {
        var pause = Math.Min(_longestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds(pause * (0.5 + (0.5 * Random.Shared.NextDouble())));
    }

    private void LogFailedAttempt(int attempt, Exception e)
    {
        // Powers of two: a Redis that stays away does not fill the log.
        if ((attempt & (attempt + 1)) == 0)
        {
            LogAway(attempt + 1, e.Message);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is there (away for {Seconds:F2} s, {Attempts} failed attempts)")]
    private partial void LogUp(double seconds, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis connection lost ({Reason}); making it anew")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away (attempt {Attempt}): {Error}")]
    private partial void LogAway(int attempt, string error);

    private sealed record Link(ConnectionMultiplexer Multiplexer)
    {
        public TaskCompletionSource<string> Broken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Redis did not answer in time or is not there; what was sent may or may not have been done.</summary>
public sealed class RedisAwayException(string message, Exception? inner = null) : Exception(message, inner);

using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>
/// The one way to Redis. StackExchange.Redis 1.2.6 needs its heartbeat to notice a server that came back, so a broken multiplexer is
/// thrown away and made anew; and every await is bounded, because calls to a stopped Redis never end.
/// </summary>
public sealed class RedisConnection
{
    public bool IsUp => throw new NotImplementedException();

    /// <summary>Runs one call; throws <see cref="RedisAwayException"/> when Redis is away or silent for longer than the bound.</summary>
    public Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Calls <paramref name="onMessage"/> for each message, from now on and after every reconnection. Messages may be missed meanwhile: poll too.</summary>
    public void Subscribe(string channel, Action onMessage) => throw new NotImplementedException();
}

/// <summary>Redis did not answer in time or is not there; what was sent may or may not have been done.</summary>
public sealed class RedisAwayException(string message, Exception? inner = null) : Exception(message, inner);

namespace CommandCenter.Storage;

/// <summary>
/// "One node at a time" by a key that expires. It saves double work and nothing more: what must not happen twice is guarded where it is
/// written, because a paused node can believe for a moment too long that it holds the lease.
/// </summary>
public sealed class RedisLease(RedisConnection redis, string key, TimeSpan duration)
{
    private const string HoldScript = """
        if redis.call('get', KEYS[1]) == ARGV[1] then
            redis.call('pexpire', KEYS[1], ARGV[2])
            return 1
        end
        return redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
        """;

    private const string ReleaseScript = """
        if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
        return 0
        """;

    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <summary>Takes or prolongs the lease; false while another node holds it.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var held = await redis.CallAsync(
            database => database.ExecuteAsync("EVAL", HoldScript, 1, key, _holder, (long)duration.TotalMilliseconds),
            cancellationToken);
        return (long)held == 1;
    }

    /// <summary>Gives the lease up, so that another node need not wait for its end.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => redis.CallAsync(
        database => database.ExecuteAsync("EVAL", ReleaseScript, 1, key, _holder), cancellationToken);
}

using System.Text.Json;
using CommandCenter.Contracts.Access;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Access;

/// <summary>An audit row as it waits in Redis. <paramref name="Role"/> is missing in rows spooled before it was kept.</summary>
public sealed record SpooledAuditRow(
    DateTimeOffset At, int AccountId, string UserName, string Action, int? WorkerId, int AreaId, string? Reason, string? Detail, AccountRole? Role = null);

/// <summary>Where audit rows wait while PostgreSQL is away: a Redis stream, on disk before it is answered. Bounded: past it looks are refused.</summary>
public sealed class AuditSpool(RedisConnection redis)
{
    private const int MaxRows = 100_000;

    private const string SetAsideScript = """
        local entries = redis.call('xrange', KEYS[1], ARGV[1], ARGV[1])
        for _, entry in ipairs(entries) do redis.call('xadd', KEYS[2], 'MAXLEN', '1000', '*', unpack(entry[2])) end
        return redis.call('xdel', KEYS[1], ARGV[1])
        """;

    /// <exception cref="RedisAwayException">Redis is away too, or the spool is full: nothing may be shown.</exception>
    public async Task AppendAsync(SpooledAuditRow row, CancellationToken cancellationToken)
    {
        if (await LengthAsync(cancellationToken) >= MaxRows)
        {
            throw new RedisAwayException($"The audit spool is full ({MaxRows} rows): PostgreSQL has been away too long.");
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(row);
        await redis.CallAsync(database => database.ExecuteAsync("XADD", RedisKeys.AuditSpool, "*", "r", json), cancellationToken);
    }

    /// <summary>Rows that wait.</summary>
    public async Task<long> LengthAsync(CancellationToken cancellationToken) =>
        (long)await redis.CallAsync(database => database.ExecuteAsync("XLEN", RedisKeys.AuditSpool), cancellationToken);

    /// <summary>The oldest rows, each with its id.</summary>
    public async Task<IReadOnlyList<(string Id, SpooledAuditRow? Row)>> OldestAsync(int count, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(
            database => database.ExecuteAsync("XRANGE", RedisKeys.AuditSpool, "-", "+", "COUNT", count), cancellationToken);
        return [.. ((RedisResult[])reply!).Select(entry =>
        {
            var parts = (RedisResult[])entry!;
            var fields = (RedisResult[])parts[1]!;
            return ((string)parts[0]!, fields.Length == 2 ? Read((byte[])fields[1]!) : null);
        })];
    }

    /// <summary>Moves the entry, whatever it holds, to where a person can look at it.</summary>
    public Task SetAsideAsync(string id, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.ExecuteAsync("EVAL", SetAsideScript, 2, RedisKeys.AuditSpool, RedisKeys.PoisonedAudit, id), cancellationToken);

    private static SpooledAuditRow? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<SpooledAuditRow>(json);
        }
        catch (JsonException)
        {
            // The drain reports it and sets it aside.
            return null;
        }
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        redis.CallAsync(database => database.ExecuteAsync("XDEL", RedisKeys.AuditSpool, id), cancellationToken);
}

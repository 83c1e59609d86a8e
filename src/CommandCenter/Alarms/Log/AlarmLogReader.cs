using CommandCenter.Positions.Log;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Alarms.Log;

/// <summary>Reads the alarms' log from a place on; each reader has its own place, none can slow another.</summary>
public sealed class AlarmLogReader(RedisConnection redis)
{
    private const int EntriesARead = 500;

    private const string SetAsideScript = """
        local entries = redis.call('xrange', KEYS[1], ARGV[1], ARGV[1])
        for _, entry in ipairs(entries) do redis.call('xadd', KEYS[2], 'MAXLEN', '1000', '*', unpack(entry[2])) end
        return #entries
        """;

    /// <summary>Entries after <paramref name="after"/>, at most some hundreds; null stands for one that is no event.</summary>
    /// <exception cref="RedisAwayException">Redis is away.</exception>
    public async Task<IReadOnlyList<(LogPosition Position, AlarmEvent? Step)>> ReadAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var reply = await redis.CallAsync(
            database => database.ExecuteAsync("XRANGE", RedisKeys.AlarmLog, "(" + after, "+", "COUNT", EntriesARead), cancellationToken);
        return reply.IsNull ? [] : [.. ((RedisResult[])reply!).Select(Read)];
    }

    /// <summary>Copies an entry to where a person can look at it.</summary>
    public Task SetAsideAsync(LogPosition position, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.ExecuteAsync("EVAL", SetAsideScript, 2, RedisKeys.AlarmLog, RedisKeys.PoisonedAlarms, position.ToString()), cancellationToken);

    /// <summary>Lets go all that is below a place: exactly, for what it says of people must not stay for want of company.</summary>
    public Task TrimAsync(LogPosition keepFrom, CancellationToken cancellationToken) => redis.CallAsync(
        database => database.ExecuteAsync("XTRIM", RedisKeys.AlarmLog, "MINID", "=", keepFrom.ToString()), cancellationToken);

    private static (LogPosition Position, AlarmEvent? Step) Read(RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        var position = LogPosition.Parse((string)parts[0]!);
        var fields = (RedisResult[])parts[1]!;
        try
        {
            return (position, fields.Length == 2 && (string?)fields[1] is { } json ? AlarmEvent.FromJson(json) : null);
        }
        catch (InvalidDataException)
        {
            return (position, null);
        }
    }
}

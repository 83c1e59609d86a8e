using System.Text;
using CommandCenter.Storage;
using StackExchange.Redis;

namespace CommandCenter.Backup;

/// <summary>
/// The center's keys as Redis itself writes them down (DUMP), one after the other: u32 length and bytes of the name, then of the value. The
/// log is copied before the picture's checkpoint: a checkpoint that is newer than its log does no harm, an older one would leave a gap.
/// </summary>
internal static class RedisCopy
{
    private const string Pattern = "cc:*";
    private const int Attempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Held by a server for some seconds; nobody holds them after a restore.
    private static readonly string[] Leases = [":writer", ":checkpointer", ":folder", ":summer", ":keeper", ":watcher"];

    /// <summary>Returns how many keys and bytes.</summary>
    public static Task<(int Keys, long Bytes)> TakeAsync(string connection, string file) => WithAsync(connection, redis => TakeAsync(redis, file));

    /// <exception cref="BackupException">There are keys of a center already.</exception>
    public static Task RefuseUsedAsync(string connection) => WithAsync(connection, redis =>
    {
        RefuseUsed(redis);
        return Task.FromResult(0);
    });

    /// <exception cref="BackupException">There are keys of a center already.</exception>
    public static Task<int> RestoreAsync(string connection, string file) => WithAsync(connection, redis => RestoreAsync(redis, file));

    /// <summary>Runs with a connection that is then closed without a farewell: StackExchange.Redis 1.2.6 can wait for that as long as for a call.</summary>
    /// <exception cref="BackupException">Redis does not answer.</exception>
    private static async Task<T> WithAsync<T>(string connection, Func<ConnectionMultiplexer, Task<T>> use)
    {
        var redis = await OpenAsync(connection);
        try
        {
            return await use(redis);
        }
        finally
        {
            RedisDoor.Close(redis);
        }
    }

    // A backup runs beside a busy center: that one try meets a busy moment of the machine must not end it.
    private static async Task<ConnectionMultiplexer> OpenAsync(string connection)
    {
        var door = new RedisDoor(connection, Patience);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await door.OpenAsync(attempt: 0, CancellationToken.None);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                if (attempt == Attempts)
                {
                    throw new BackupException($"Redis does not answer: {e.Message}");
                }

                await Task.Delay(Pause);
            }
        }
    }

    private static async Task<(int Keys, long Bytes)> TakeAsync(ConnectionMultiplexer redis, string file)
    {
        var database = redis.GetDatabase();
        var names = NamesOf(redis).OrderByDescending(name => name.EndsWith(":log", StringComparison.Ordinal)).ToList();
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new BinaryWriter(stream);
        var keys = 0;
        foreach (var name in names)
        {
            if (await database.KeyDumpAsync(name) is { } value)
            {
                Write(writer, Encoding.UTF8.GetBytes(name));
                Write(writer, value);
                keys++;
            }
        }

        writer.Flush();
        stream.Flush(flushToDisk: true);
        return (keys, stream.Length);
    }

    private static async Task<int> RestoreAsync(ConnectionMultiplexer redis, string file)
    {
        RefuseUsed(redis);
        var database = redis.GetDatabase();
        using var stream = File.OpenRead(file);
        using var reader = new BinaryReader(stream);
        var keys = 0;
        while (stream.Position < stream.Length)
        {
            var name = Encoding.UTF8.GetString(Read(reader));
            await database.KeyRestoreAsync(name, Read(reader));
            keys++;
        }

        return keys;
    }

    private static void RefuseUsed(ConnectionMultiplexer redis)
    {
        if (NamesOf(redis).Any())
        {
            throw new BackupException("Redis holds a center's keys already: restore into an empty one.");
        }
    }

    private static IEnumerable<string> NamesOf(ConnectionMultiplexer redis) => redis.GetEndPoints()
        .Select(endPoint => redis.GetServer(endPoint))
        .Where(server => server is { IsConnected: true, IsSlave: false })
        .SelectMany(server => server.Keys(pattern: Pattern))
        .Select(key => key.ToString())
        .Where(name => !Leases.Any(lease => name.EndsWith(lease, StringComparison.Ordinal)))
        .Distinct();

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] Read(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new BackupException("The copy of Redis is cut off.");
    }
}

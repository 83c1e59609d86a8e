using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;

namespace CommandCenter.Storage;

/// <summary>
/// Keeps the server from saying ready while a backend could lose what it acknowledged: "answered means durable" holds only with the
/// settings asked for here. Looked at again all the time, since an operator can change them under a running server.
/// </summary>
public sealed partial class BackendDurability : BackgroundService
{
    private const string PostgresCondition = "postgres";
    private const string RedisCondition = "redis";

    private const string SelectSettings =
        "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')";

    private readonly NpgsqlDataSource _dataSource;
    private readonly RedisConnection _redis;
    private readonly Readiness _readiness;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly ILogger<BackendDurability> _logger;
    private readonly Dictionary<string, string?> _lastLogged = [];

    public BackendDurability(
        NpgsqlDataSource dataSource, RedisConnection redis, Readiness readiness, IOptions<StorageOptions> options, TimeProvider time, ILogger<BackendDurability> logger)
    {
        _dataSource = dataSource;
        _redis = redis;
        _readiness = readiness;
        _pause = TimeSpan.FromSeconds(options.Value.DurabilityCheckSeconds);
        _time = time;
        _logger = logger;
        readiness.Wait(PostgresCondition, "not looked at yet");
        readiness.Wait(RedisCondition, "not looked at yet");
    }

    /// <summary>Null: durable. Else what to change.</summary>
    internal static string? JudgePostgres(IReadOnlyDictionary<string, string> settings)
    {
        // "on" or stricter: remote_apply waits for a replica as well. "local" and "remote_write" are on the near disk too, yet weaker than asked.
        var unsafeOnes = new List<string>();
        foreach (var name in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            var value = settings.GetValueOrDefault(name, "unknown");
            if (value != "on" && !(name == "synchronous_commit" && value == "remote_apply"))
            {
                unsafeOnes.Add($"{name} is {value}");
            }
        }

        return unsafeOnes.Count == 0 ? null : $"PostgreSQL could lose what it acknowledged: {string.Join(", ", unsafeOnes)}; set to on.";
    }

    /// <summary>Null: durable. Else what to change.</summary>
    internal static string? JudgeRedis(IReadOnlyDictionary<string, string> settings)
    {
        var unsafeOnes = new List<string>();
        foreach (var (name, wanted) in new[] { ("appendonly", "yes"), ("appendfsync", "always"), ("maxmemory-policy", "noeviction") })
        {
            var value = settings.GetValueOrDefault(name, "unknown");
            if (value != wanted)
            {
                unsafeOnes.Add($"{name} is {value} and must be {wanted}");
            }
        }

        return unsafeOnes.Count == 0 ? null : $"Redis could lose what it acknowledged: {string.Join(", ", unsafeOnes)}.";
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A moment for the connection to be made, so that an ordinary start logs no warning.
        await _redis.WhenUpAsync(stoppingToken).WaitAsync(TimeSpan.FromSeconds(2), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var allWell = await LookAsync(PostgresCondition, PostgresReasonAsync, stoppingToken) & await LookAsync(RedisCondition, RedisReasonAsync, stoppingToken);
            var pause = allWell ? _pause : TimeSpan.FromSeconds(Math.Min(0.5, _pause.TotalSeconds));
            await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> LookAsync(string condition, Func<CancellationToken, Task<string?>> look, CancellationToken stoppingToken)
    {
        string? reason;
        try
        {
            reason = await look(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is NpgsqlException or RedisAwayException or RedisServerException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            reason = $"cannot be asked: {e.Message}";
        }

        if (reason is null)
        {
            _readiness.Done(condition);
        }
        else
        {
            _readiness.Wait(condition, reason);
        }

        if (_lastLogged.GetValueOrDefault(condition) != reason)
        {
            _lastLogged[condition] = reason;
            if (reason is not null)
            {
                LogNotReady(condition, reason);
            }
        }

        return reason is null;
    }

    private async Task<string?> PostgresReasonAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Name, string Setting)>(new CommandDefinition(SelectSettings, cancellationToken: cancellationToken));
        return JudgePostgres(rows.ToDictionary(row => row.Name, row => row.Setting));
    }

    private Task<string?> RedisReasonAsync(CancellationToken cancellationToken) =>
        _redis.CallAsync(database => RedisReasonAsync(database.Multiplexer), cancellationToken);

    /// <summary>Of every node that acknowledges writes: in a cluster each keeps a part of the keys by settings of its own.</summary>
    internal static async Task<string?> RedisReasonAsync(ConnectionMultiplexer multiplexer)
    {
        var endPoints = multiplexer.GetEndPoints();
        var masters = endPoints.Select(endPoint => multiplexer.GetServer(endPoint)).Where(server => !server.IsSlave).ToArray();
        if (masters.Length == 0)
        {
            return "No Redis that takes writes is known.";
        }

        var reasons = new List<string>();
        foreach (var server in masters)
        {
            var reason = server.IsConnected ? JudgeRedis(await SettingsOfAsync(server)) : "cannot be asked: there is no connection to it.";
            if (reason is not null)
            {
                reasons.Add(endPoints.Length == 1 ? reason : $"{server.EndPoint}: {reason}");
            }
        }

        return reasons.Count == 0 ? null : string.Join(" ", reasons);
    }

    private static async Task<Dictionary<string, string>> SettingsOfAsync(IServer server)
    {
        var settings = new Dictionary<string, string>();
        foreach (var name in (string[])["appendonly", "appendfsync", "maxmemory-policy"])
        {
            // A managed Redis may forbid CONFIG; then it cannot be shown to be safe, and the reason says so.
            var asked = server.ConfigGetAsync(name);
            RedisFaults.Observe(asked);
            foreach (var (found, value) in await asked)
            {
                settings[found] = value;
            }
        }

        return settings;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Condition}: {Reason}")]
    private partial void LogNotReady(string condition, string reason);
}

using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Storage;

/// <summary>
/// Tells every node that a directory (areas, workers, …) changed: its writer bumps a version within its transaction, and each node asks
/// for all versions twice a second. One small query, no connection held, and nothing is missed across a break.
/// </summary>
public sealed partial class ChangeFeed(
    NpgsqlDataSource dataSource, SchemaMigrations schema, IOptions<StorageOptions> options, TimeProvider time, ILogger<ChangeFeed> logger)
    : BackgroundService
{
    private const string Bump =
        """
        insert into directory_versions as d (name, version) values (@name, 1)
        on conflict (name) do update set version = d.version + 1
        """;

    private const string SelectVersions = "select name, version from directory_versions";

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);
    private bool _away;

    /// <summary>
    /// Runs <paramref name="reload"/> whenever another version of <paramref name="name"/> is seen, once soon after the start too. Several
    /// may watch one name. A reload that throws is logged and run again at the next poll.
    /// </summary>
    public void OnChange(string name, Func<CancellationToken, Task> reload) =>
        _watched.AddOrUpdate(name, _ => new Watched([reload]), (_, was) => new Watched([.. was.Reloads, reload]));

    /// <summary>Says within the writer's transaction that <paramref name="name"/> changed: other nodes hear of it once that commits.</summary>
    public static Task BumpAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(Bump, new { name }, transaction, cancellationToken: cancellationToken));

    private const string Hold = "select version from directory_versions where name = @name for share";

    /// <summary>Keeps <paramref name="name"/> from changing until the transaction ends, for a writer whose rows depend on it.</summary>
    public static Task HoldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string name, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long?>(new CommandDefinition(Hold, new { name }, transaction, cancellationToken: cancellationToken));

    /// <summary>Asks once, now: for a writer that wants its own node to know before it answers.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var versions = await connection.QueryAsync<(string Name, long Version)>(new CommandDefinition(SelectVersions, cancellationToken: cancellationToken));
        foreach (var (name, version) in versions)
        {
            if (_watched.TryGetValue(name, out var watched))
            {
                await ReloadAsync(name, version, watched, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenAppliedAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.ChangePollMilliseconds * (0.8 + (0.4 * Random.Shared.NextDouble()));
            await Task.Delay(TimeSpan.FromMilliseconds(pause), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await PollAsync(stoppingToken);
                if (_away)
                {
                    _away = false;
                    LogBack();
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or InvalidOperationException)
            {
                StorageMetrics.ChangePollsFailed.Add(1);
                if (!_away)
                {
                    _away = true;
                    LogAway(e.Message);
                }
            }
        }
    }

    private async Task ReloadAsync(string name, long version, Watched watched, CancellationToken cancellationToken)
    {
        await watched.Gate.WaitAsync(cancellationToken);
        try
        {
            if (watched.Seen == version)
            {
                return;
            }

            foreach (var reload in watched.Reloads)
            {
                await reload(cancellationToken);
            }

            watched.Seen = version;
        }
        catch (Exception e) when (e is not OperationCanceledException and not NpgsqlException)
        {
            StorageMetrics.ChangePollsFailed.Add(1);
            LogReloadFailed(name, version, e);
        }
        finally
        {
            watched.Gate.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of directories cannot be seen: {Error}")]
    private partial void LogAway(string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Changes of directories can be seen again")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Error, Message = "Reloading {Name} at version {Version} failed; trying again")]
    private partial void LogReloadFailed(string name, long version, Exception exception);

    private sealed record Watched(IReadOnlyList<Func<CancellationToken, Task>> Reloads)
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long Seen { get; set; } = -1;
    }
}

namespace CommandCenter.Storage.Embedded;

/// <summary>
/// The PostgreSQL and Redis that the server runs itself, where no connection string names others: started before the host is built,
/// kept running, and stopped after it.
/// </summary>
public sealed class EmbeddedBackends : IAsyncDisposable
{
    private static readonly TimeSpan PredecessorPatience = TimeSpan.FromSeconds(20);

    private readonly DataFolder _folder;
    private SupervisedChild? _postgres;
    private SupervisedChild? _redis;

    private EmbeddedBackends(DataFolder folder) => _folder = folder;

    /// <summary>Null: not ours.</summary>
    public string? Postgres { get; private set; }

    /// <summary>Null: not ours.</summary>
    public string? Redis { get; private set; }

    /// <exception cref="StartupRefusedException">A tool is missing, a predecessor does not end, or a backend does not start.</exception>
    public static async Task<EmbeddedBackends> StartAsync(
        DataFolder folder, bool withPostgres, bool withRedis, StorageOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        RequireTools(withRedis, options);
        var backends = new EmbeddedBackends(folder);
        try
        {
            await Predecessors.EndAsync(
                [.. EmbeddedPostgres.Folders(folder), .. EmbeddedRedis.Folders(folder)],
                PredecessorPatience,
                time,
                loggers.CreateLogger("CommandCenter.Storage.Embedded"),
                cancellationToken);
            await Task.WhenAll(
                withPostgres ? backends.StartPostgresAsync(options, time, loggers, cancellationToken) : Task.CompletedTask,
                withRedis ? backends.StartRedisAsync(options, time, loggers, cancellationToken) : Task.CompletedTask);
            return backends;
        }
        catch
        {
            await backends.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(
        _postgres?.DisposeAsync().AsTask() ?? Task.CompletedTask,
        _redis?.DisposeAsync().AsTask() ?? Task.CompletedTask);

    private static void RequireTools(bool withRedis, StorageOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new StartupRefusedException(
                ExitCode.MissingTool,
                "The server runs its own PostgreSQL and Redis on Linux only: set ConnectionStrings:Postgres and ConnectionStrings:Redis, or use Linux (WSL, a container).");
        }

        foreach (var tool in (string[])["setsid", "setpriv", "unshare"])
        {
            ChildCommand.Require(tool, "install util-linux (Debian, Ubuntu: apt-get install util-linux).");
        }

        if (withRedis)
        {
            ChildCommand.Require(options.RedisServer, "install it (Debian, Ubuntu: apt-get install redis-server), or set ConnectionStrings:Redis.");
        }
    }

    private async Task StartPostgresAsync(StorageOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var program = new EmbeddedPostgres(_folder, PostgresBinaries.Find(options.PostgresBinaries));
        _postgres = new SupervisedChild(program, options, time, loggers.CreateLogger("CommandCenter.Storage.Embedded.Postgres"), WriteServices);
        await _postgres.StartAsync(cancellationToken);
        Postgres = program.ConnectionString;
    }

    private async Task StartRedisAsync(StorageOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var program = new EmbeddedRedis(_folder, options);
        _redis = new SupervisedChild(program, options, time, loggers.CreateLogger("CommandCenter.Storage.Embedded.Redis"), WriteServices);
        await _redis.StartAsync(cancellationToken);
        Redis = program.ConnectionString;
    }

    private void WriteServices()
    {
        lock (_folder)
        {
            new ServicesFile(new(Environment.ProcessId, null), Of(_postgres), Of(_redis)).Write(_folder.Services);
        }
    }

    private static ServicesFile.Service? Of(SupervisedChild? child) => child?.ProcessId is { } pid ? new(pid, child.Program.Port) : null;
}

using CommandCenter.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.IntegrationTests.Harness;

/// <summary>
/// A fresh database with the whole schema and an empty Redis, with what a slice under test needs to use them. Make one for each fixture or test:
/// <c>await using var backends = await Backends.FreshAsync();</c> Not for tests in parallel: there is one Redis, and making these empties it.
/// </summary>
public sealed class Backends : IAsyncDisposable
{
    private static int s_count;
    private readonly string _database;

    private Backends(string database, string postgres, string redis)
    {
        _database = database;
        Postgres = postgres;
        RedisAddress = redis;
        Addresses = new BackendAddresses(postgres, redis);
        DataSource = NpgsqlDataSource.Create(postgres);
        Redis = new RedisConnection(Addresses, Options, TimeProvider.System, NullLogger<RedisConnection>.Instance);
    }

    /// <summary>Connection string, for a server process: <c>ConnectionStrings__Postgres</c>.</summary>
    public string Postgres { get; }

    /// <summary>Connection string, for a server process: <c>ConnectionStrings__Redis</c>.</summary>
    public string RedisAddress { get; }

    public BackendAddresses Addresses { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Connected.</summary>
    public RedisConnection Redis { get; }

    public IOptions<StorageOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new StorageOptions());

    /// <param name="withSchema">False: an empty database.</param>
    public static async Task<Backends> FreshAsync(bool withSchema = true)
    {
        var running = await AssemblyBackends.StartedAsync();
        var database = $"test_{Interlocked.Increment(ref s_count)}";
        await ExecuteAsync(running.Postgres!, $"create database {database} template {(withSchema ? AssemblyBackends.SchemaTemplate : "template0")}");
        var backends = new Backends(database, new NpgsqlConnectionStringBuilder(running.Postgres) { Database = database }.ConnectionString, running.Redis!);
        await backends.Redis.StartAsync(CancellationToken.None);
        await backends.Redis.WhenUpAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        await backends.Redis.CallAsync(redis => redis.ExecuteAsync("FLUSHALL"), CancellationToken.None);
        return backends;
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.StopAsync(CancellationToken.None);
        Redis.Dispose();
        await DataSource.DisposeAsync();
        await ExecuteAsync((await AssemblyBackends.StartedAsync()).Postgres!, $"drop database {_database} with (force)");
    }

    private static async Task ExecuteAsync(string postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

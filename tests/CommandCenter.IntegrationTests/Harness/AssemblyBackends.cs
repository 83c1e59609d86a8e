using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

// Signals, file modes and the children themselves: all of it is Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

/// <summary>One real PostgreSQL and one real Redis for the whole assembly, started when the first test needs them. Tests run one after another.</summary>
[SetUpFixture]
public sealed class AssemblyBackends
{
    internal const string SchemaTemplate = "schema_template";

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static Running? s_running;

    internal static async Task<EmbeddedBackends> StartedAsync()
    {
        await Gate.WaitAsync();
        try
        {
            s_running ??= await Running.StartAsync();
            return s_running.Backends;
        }
        finally
        {
            Gate.Release();
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (s_running is not null)
        {
            await s_running.DisposeAsync();
        }
    }

    // Migrated once, then copied by PostgreSQL for each fixture: 50 ms instead of all migrations again.
    private static async Task MakeTemplateAsync(string postgres)
    {
        await using (var administration = NpgsqlDataSource.Create(postgres))
        {
            await using var create = administration.CreateCommand($"create database {SchemaTemplate}");
            await create.ExecuteNonQueryAsync();
        }

        var template = new NpgsqlConnectionStringBuilder(postgres) { Database = SchemaTemplate, Pooling = false };
        await using var source = NpgsqlDataSource.Create(template);
        await new SchemaMigrations(source, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
    }

    private sealed record Running(DataFolder Folder, EmbeddedBackends Backends) : IAsyncDisposable
    {
        public static async Task<Running> StartAsync()
        {
            var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-tests-").FullName, demo: false, demoByDefault: false);
            var backends = await EmbeddedBackends.StartAsync(
                folder, withPostgres: true, withRedis: true, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
            await MakeTemplateAsync(backends.Postgres!);
            return new Running(folder, backends);
        }

        public async ValueTask DisposeAsync()
        {
            await Backends.DisposeAsync();
            Folder.Dispose();
            Directory.Delete(Folder.Path, recursive: true);
        }
    }
}

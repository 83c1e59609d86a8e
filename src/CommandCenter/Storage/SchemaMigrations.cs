using System.Data;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace CommandCenter.Storage;

/// <summary>
/// Brings a database to this version's schema: the numbered files of <c>Storage/Schema</c>, each once, in order, in a transaction.
/// Several nodes may start at once: an advisory lock lets one work while the others wait and then find nothing to do.
/// </summary>
public sealed partial class SchemaMigrations(NpgsqlDataSource dataSource, ILogger<SchemaMigrations> logger) : IStartupStep
{
    // Any number, as long as nothing else in the database takes the same: "CommandC" in ASCII.
    private const long AdvisoryLock = 0x436F6D6D616E6443;

    private const string CreateTable =
        """
        create table if not exists schema_migrations (
            number int primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        )
        """;

    private const string SelectApplied = "select number, name, checksum from schema_migrations order by number";

    private const string InsertApplied = "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)";

    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when this database has this version's schema.</summary>
    public Task WhenAppliedAsync(CancellationToken cancellationToken) => _applied.Task.WaitAsync(cancellationToken);

    public int Order => int.MinValue;

    public string Name => "schema";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RunAsync(FilesOf(typeof(SchemaMigrations).Assembly), cancellationToken);
        _applied.TrySetResult();
    }

    internal async Task RunAsync(IReadOnlyList<SchemaFile> files, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);

        // Held by the session and let go explicitly: pooled connections outlive their use here.
        await connection.ExecuteAsync(new CommandDefinition($"select pg_advisory_lock({AdvisoryLock})", commandTimeout: 600, cancellationToken: cancellationToken));
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(CreateTable, cancellationToken: cancellationToken));
            var applied = (await connection.QueryAsync<SchemaRow>(new CommandDefinition(SelectApplied, cancellationToken: cancellationToken))).ToList();
            foreach (var file in Missing(files, applied))
            {
                await ApplyAsync(connection, file, cancellationToken);
            }
        }
        finally
        {
            await ReleaseAsync(connection);
        }
    }

    /// <summary>What is left to do; refuses a database that this version does not know.</summary>
    internal static IEnumerable<SchemaFile> Missing(IReadOnlyList<SchemaFile> files, IReadOnlyList<SchemaRow> applied)
    {
        var known = files.ToDictionary(file => file.Number);
        foreach (var row in applied)
        {
            if (!known.TryGetValue(row.Number, out var file))
            {
                throw new StartupRefusedException(
                    ExitCode.NewerData,
                    $"The database has schema {row.Number} ({row.Name}), which this version does not know (its newest is {known.Keys.DefaultIfEmpty().Max()}): start the newer version again.");
            }

            if (file.Checksum != row.Checksum)
            {
                throw new StartupRefusedException(
                    ExitCode.NewerData,
                    $"The database's schema {row.Number} ({row.Name}) was made from another text than this version's: start the version that made it.");
            }
        }

        var done = applied.Select(row => row.Number).ToHashSet();
        return files.Where(file => !done.Contains(file.Number)).OrderBy(file => file.Number);
    }

    internal static IReadOnlyList<SchemaFile> FilesOf(Assembly assembly)
    {
        var files = new List<SchemaFile>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            // CommandCenter.Storage.Schema.0001_storage.sql
            var fileName = resource[..^".sql".Length];
            fileName = fileName[(fileName.LastIndexOf('.') + 1)..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var underscore = fileName.IndexOf('_', StringComparison.Ordinal);
            files.Add(SchemaFile.Of(int.Parse(fileName[..underscore], System.Globalization.CultureInfo.InvariantCulture), fileName[(underscore + 1)..], reader.ReadToEnd()));
        }

        return [.. files.OrderBy(file => file.Number)];
    }

    private async Task ApplyAsync(NpgsqlConnection connection, SchemaFile file, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(file.Sql, transaction: transaction, commandTimeout: 3_600, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertApplied, file, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        LogApplied(file.Number, file.Name);
    }

    private static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        if (connection.State == ConnectionState.Open)
        {
            await connection.ExecuteAsync($"select pg_advisory_unlock({AdvisoryLock})");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schema {Number} ({Name}) applied")]
    private partial void LogApplied(int number, string name);
}

/// <summary>One numbered file of the schema.</summary>
internal sealed record SchemaFile(int Number, string Name, string Sql, string Checksum)
{
    // Line ends and trailing blanks do not count: a checkout with another setting is the same schema.
    public static SchemaFile Of(int number, string name, string sql) =>
        new(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n").TrimEnd()))));
}

/// <summary>One applied file as the database remembers it.</summary>
internal sealed record SchemaRow(int Number, string Name, string Checksum);

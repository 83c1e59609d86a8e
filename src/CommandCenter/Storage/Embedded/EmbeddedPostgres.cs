using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CommandCenter.Storage.Embedded;

/// <summary>The server's own PostgreSQL: a cluster in <c>postgres/</c> of the data folder, on loopback TCP, with scram and durable settings.</summary>
internal sealed class EmbeddedPostgres(DataFolder folder, PostgresBinaries binaries) : IChildProgram
{
    private const string User = "commandcenter";
    private const string Database = "commandcenter";

    private static readonly string[] Complaints = ["ERROR:", "FATAL:", "PANIC:", "WARNING:", "cannot", "unshare:", "setpriv:"];

    // What it says to clients while it starts and stops.
    private static readonly string[] Everyday = ["due to administrator command", "the database system is "];

    private readonly string _cluster = folder.In("postgres");
    private readonly string _draft = folder.In("postgres.new");
    private readonly string _passwordFile = folder.Secret("postgres-password");
    private string _password = "";

    public string Name => "PostgreSQL";

    // "Fast": clients are thrown out, what they had not committed is rolled back.
    public Signal StopSignal => Signal.Interrupt;

    public int Port { get; set; }

    public string ConnectionString => Connection(Database, pooling: true);

    /// <summary>Folders by which its processes are known.</summary>
    public static IEnumerable<string> Folders(DataFolder folder) => [folder.In("postgres"), folder.In("postgres.new")];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _password = SecretFile.ReadOrMakePassword(_passwordFile);
        if (File.Exists(Path.Combine(_cluster, "PG_VERSION")))
        {
            return;
        }

        // Made aside and renamed: a cluster that is there is whole, whenever the power fails.
        if (Directory.Exists(_draft))
        {
            Directory.Delete(_draft, recursive: true);
        }

        await InitAsync(cancellationToken);
        Directory.Move(_draft, _cluster);
    }

    public ProcessStartInfo Command() => ChildCommand.Of(
        binaries.Postgres,
        StopSignal,
        refusesRoot: true,
        [
            "-D", _cluster,
            "-p", Port.ToString(CultureInfo.InvariantCulture),
            .. Settings(
                "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=128MB", "max_wal_size=2GB",
                "fsync=on", "synchronous_commit=on", "full_page_writes=on", "password_encryption=scram-sha-256",
                "timezone=UTC", "log_timezone=UTC", "jit=off",
                /* No statement, parameter or row may reach the log: they hold people's data. */
                "log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none"),
        ]);

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
        await connection.OpenAsync(cancellationToken);
        await using var known = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Database } } };
        if (await known.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public bool IsWarning(string line) =>
        Complaints.Any(word => line.Contains(word, StringComparison.Ordinal)) && !Everyday.Any(word => line.Contains(word, StringComparison.Ordinal));

    private async Task InitAsync(CancellationToken cancellationToken)
    {
        using var process = await ChildThread.StartAsync(ChildCommand.Of(
            binaries.InitDb,
            StopSignal,
            refusesRoot: true,
            ["-D", _draft, "-U", User, "-A", "scram-sha-256", "--pwfile", _passwordFile, "-E", "UTF8", "--locale=C"]));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ChildCommand.Send(process.Id, Signal.Terminate);
            throw;
        }

        await output;
        var complaint = (await errors).Trim();
        if (process.ExitCode != 0)
        {
            throw complaint.Contains("unshare", StringComparison.Ordinal)
                ? new StartupRefusedException(ExitCode.MissingTool, "PostgreSQL does not run as root, and this machine allows no user namespaces: start the server as an ordinary user.")
                : new StartupRefusedException(ExitCode.Failed, $"PostgreSQL's cluster could not be made in {_draft}: {complaint}");
        }
    }

    private string Connection(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = _password,
        Database = database,
        Pooling = pooling,
        Timeout = 5,
    }.ConnectionString;

    private static IEnumerable<string> Settings(params string[] settings) => settings.SelectMany(setting => (string[])["-c", setting]);
}

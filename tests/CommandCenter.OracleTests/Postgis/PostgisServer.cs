using System.Diagnostics;
using System.Globalization;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.OracleTests.Postgis;

/// <summary>
/// Debian's PostgreSQL with PostGIS, on loopback and with a folder of its own, for as long as somebody checks with it. The server never uses it: its own PostgreSQL has no PostGIS.
/// </summary>
internal sealed class PostgisServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql";
    private const string User = "oracle";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Process _process;

    private PostgisServer(string folder, Process process, string connection)
    {
        (_folder, _process) = (folder, process);
        DataSource = NpgsqlDataSource.Create(connection);
    }

    public NpgsqlDataSource DataSource { get; }

    /// <exception cref="InvalidOperationException">PostGIS is not installed, or does not start.</exception>
    public static async Task<PostgisServer> StartAsync()
    {
        var programs = Installed();
        var folder = Directory.CreateTempSubdirectory("commandcenter-postgis-").FullName;
        var (cluster, password) = (Path.Combine(folder, "cluster"), SecretFile.ReadOrMakePassword(Path.Combine(folder, "password")));
        using (var init = await RunAsync(
            Path.Combine(programs, "initdb"), "-D", cluster, "-U", User, "-A", "scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "-E", "UTF8", "--locale=C", "--no-sync"))
        {
            await init.WaitForExitAsync();
            if (init.ExitCode != 0)
            {
                throw new InvalidOperationException($"initdb of {programs} ended with {init.ExitCode}.");
            }
        }

        var port = FreePort.Find();
        var process = await RunAsync(
            Path.Combine(programs, "postgres"), "-D", cluster, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "fsync=off", "-c", "jit=off", "-c", "work_mem=256MB", "-c", "shared_buffers=128MB");
        var server = new PostgisServer(folder, process, new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = User,
            Password = password,
            Database = "postgres",
            CommandTimeout = 300,
        }.ConnectionString);
        try
        {
            await server.WhenReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (!_process.HasExited)
        {
            ChildCommand.Send(_process.Id, Signal.Interrupt);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WhenReadyAsync()
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                await using var create = DataSource.CreateCommand("create extension postgis");
                await create.ExecuteNonQueryAsync();
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow } && !_process.HasExited && since.Elapsed < Patience)
            {
                // It is starting.
            }
        }
    }

    /// <summary>The newest version that has the extension.</summary>
    private static string Installed()
    {
        var versions = Directory.Exists(Programs) ? Directory.GetDirectories(Programs).Select(Path.GetFileName) : [];
        var version = versions.Where(name => File.Exists($"/usr/share/postgresql/{name}/extension/postgis.control")).MaxBy(name => int.TryParse(name, out var number) ? number : 0);
        return version is null
            ? throw new InvalidOperationException("Coverage is checked against PostGIS, which is not installed: tools/install postgresql-postgis")
            : Path.Combine(Programs, version, "bin");
    }

    private static async Task<Process> RunAsync(string program, params string[] arguments)
    {
        var process = await ChildThread.StartAsync(ChildCommand.Of(program, Signal.Interrupt, refusesRoot: true, arguments));
        process.StandardInput.Close();
        process.ErrorDataReceived += (_, line) => Trace.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

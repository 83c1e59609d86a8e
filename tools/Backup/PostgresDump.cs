using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CommandCenter.Backup;

/// <summary>pg_dump and pg_restore of an operator's PostgreSQL, which must be of its version.</summary>
internal static class PostgresDump
{
    public static Task TakeAsync(string postgres, string snapshot, string file, CancellationToken cancellationToken) =>
        RunAsync("pg_dump", postgres, ["--format=custom", "--no-owner", $"--snapshot={snapshot}", $"--file={file}"], cancellationToken);

    public static Task RestoreAsync(string postgres, string file, CancellationToken cancellationToken)
    {
        var database = new NpgsqlConnectionStringBuilder(postgres).Database!;
        return RunAsync("pg_restore", postgres, ["--no-owner", "--exit-on-error", "--single-transaction", $"--dbname={database}", file], cancellationToken);
    }

    private static async Task RunAsync(string program, string postgres, string[] arguments, CancellationToken cancellationToken)
    {
        var to = new NpgsqlConnectionStringBuilder(postgres);
        var command = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };

        // In the environment and not in arguments, which every user of the machine can read.
        command.Environment["PGHOST"] = to.Host;
        command.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        command.Environment["PGUSER"] = to.Username;
        command.Environment["PGPASSWORD"] = to.Password;
        command.Environment["PGDATABASE"] = to.Database;
        command.Environment["PGSSLMODE"] = NameOf(to.SslMode);
        if (to.RootCertificate is { } authority)
        {
            command.Environment["PGSSLROOTCERT"] = authority;
        }

        using var process = Process.Start(command) ?? throw new BackupException($"{program} did not start.");
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new BackupException($"{program} ended with status {process.ExitCode}: {said.Trim()}");
        }
    }

    /// <summary>As libpq calls it: a copy must not travel with less care than the center's own questions.</summary>
    internal static string NameOf(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}

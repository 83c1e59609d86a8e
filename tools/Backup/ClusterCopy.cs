using System.Text.RegularExpressions;
using Npgsql;

namespace CommandCenter.Backup;

/// <summary>
/// A base backup of the center's own PostgreSQL while it works, by its low-level backup functions: the build brings no pg_basebackup. A
/// temporary slot keeps the write-ahead log of the copy's time, which goes into the copy; PostgreSQL recovers from it at its first start.
/// </summary>
internal sealed partial class ClusterCopy : IAsyncDisposable
{
    // What PostgreSQL's manual leaves out of a base backup: of this very process, or made anew at a start.
    private static readonly string[] Volatile =
        ["pg_wal/", "pg_replslot/", "pg_dynshmem/", "pg_notify/", "pg_serial/", "pg_snapshots/", "pg_stat_tmp/", "pg_subtrans/", "postmaster.pid", "postmaster.opts", "pg_internal.init"];

    private readonly NpgsqlConnection _connection;
    private readonly string _from;
    private readonly string _to;

    private ClusterCopy(NpgsqlConnection connection, string from, string to) => (_connection, _from, _to) = (connection, from, to);

    /// <summary>Copies the cluster's files; they are whole only after <see cref="FinishAsync"/>.</summary>
    public static async Task<ClusterCopy> StartAsync(string postgres, string from, string to, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, CommandTimeout = 600, ApplicationName = "commandcenter-backup" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var copy = new ClusterCopy(connection, from, to);
        await copy.AskAsync("select pg_create_physical_replication_slot('commandcenter_backup_' || pg_backend_pid(), true, true)", cancellationToken);
        await copy.AskAsync("select pg_backup_start('commandcenter', true)", cancellationToken);
        FileCopy.Folder(
            from,
            to,
            skipsFile: file => Volatile.Any(v => v.EndsWith('/') ? file.StartsWith(v, StringComparison.Ordinal) : Path.GetFileName(file) == v),
            skipsFolder: folder => Volatile.Any(v => v.EndsWith('/') && folder.StartsWith(v, StringComparison.Ordinal)));
        return copy;
    }

    /// <summary>Ends the backup and adds what was written meanwhile: the copy is of this moment.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        string label, last;
        await using (var command = new NpgsqlCommand("select labelfile, pg_walfile_name(lsn) from pg_backup_stop(false)", _connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            (label, last) = (reader.GetString(0), reader.GetString(1));
        }

        await File.WriteAllTextAsync(Path.Combine(_to, "backup_label"), label, cancellationToken);
        var first = FirstSegment().Match(label).Groups[1].Value;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_from, "pg_wal")))
        {
            var name = Path.GetFileName(file);
            if (Segment().IsMatch(name) && string.CompareOrdinal(name, first) >= 0 && string.CompareOrdinal(name, last) <= 0)
            {
                FileCopy.One(file, Path.Combine(_to, "pg_wal", name));
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task AskAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [GeneratedRegex(@"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")]
    private static partial Regex FirstSegment();

    [GeneratedRegex("^[0-9A-F]{24}$")]
    private static partial Regex Segment();
}

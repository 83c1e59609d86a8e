using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CommandCenter.Backup;

/// <summary>Makes a center of a backup where there is none, and looks whether PostgreSQL and Redis take it.</summary>
internal sealed class RestoreRun(string from, string data, BackendAddresses? backends, Action<string> say)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var note = BackupNote.Read(from);
        if (note.IsDump != backends is not null)
        {
            throw new BackupException(note.IsDump ? "This backup is of a center with PostgreSQL and Redis of its operator: give --postgres and --redis." : "This backup is of a center with its own PostgreSQL and Redis: leave --postgres and --redis out.");
        }

        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            throw new BackupException($"{data} is not empty: restore into an empty folder.");
        }

        if (backends is null)
        {
            CopyFolder();
            FileCopy.Folder(Path.Combine(from, BackupNote.Cluster), Path.Combine(data, "postgres"), _ => false, _ => false);
            await StartOnceAsync(note, cancellationToken);
        }
        else
        {
            // Refused before anything is written, and the folder last: what could not be done may be tried again as it is.
            await RefuseUsedAsync(backends.Postgres, cancellationToken);
            await RedisCopy.RefuseUsedAsync(backends.Redis);
            await PostgresDump.RestoreAsync(backends.Postgres, Path.Combine(from, BackupNote.Dump), cancellationToken);
            var keys = await RedisCopy.RestoreAsync(backends.Redis, Path.Combine(from, BackupNote.RedisKeysFile));
            await CheckAsync(backends.Postgres, note, keys, cancellationToken);
            CopyFolder();
        }

        say($"Start the center with --data {data}: it holds everything answered before {note.Moment:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}.");
    }

    private void CopyFolder() => FileCopy.Folder(Path.Combine(from, BackupNote.Folder), data, _ => false, _ => false);

    /// <summary>As the server would start them: PostgreSQL recovers to the backup's end, Redis is given its keys, both are stopped.</summary>
    private async Task StartOnceAsync(BackupNote note, CancellationToken cancellationToken)
    {
        using var folder = DataFolder.Open(data, demo: null, demoByDefault: false);
        await using var started = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: true, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var keys = await RedisCopy.RestoreAsync(started.Redis!, Path.Combine(from, BackupNote.RedisKeysFile));
        await CheckAsync(started.Postgres!, note, keys, cancellationToken);
    }

    private async Task CheckAsync(string postgres, BackupNote note, int keys, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var position = await PositionAsync("select position from track_positions order by partition limit 1", note.Position);
        if (note.AlarmPosition is { } alarms)
        {
            await PositionAsync("select position from alarm_log_position", alarms);
        }

        say($"PostgreSQL has recovered (stored up to {position}), Redis has its {keys} keys");

        async Task<string> PositionAsync(string sql, string expected)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var found = (string?)await command.ExecuteScalarAsync(cancellationToken) ?? "0-0";
            return found == expected ? found
                : throw new BackupException($"The log was stored up to {expected} in the backup and is up to {found} in what was restored: do not use it.");
        }
    }

    private static async Task RefuseUsedAsync(string postgres, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select to_regclass('track_positions') is null", connection);
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            throw new BackupException("The database holds a center already: restore into an empty one.");
        }
    }
}

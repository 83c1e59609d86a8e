using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Npgsql;

namespace CommandCenter.Backup;

/// <summary>
/// Copies a running center: PostgreSQL first, the logs last, with their writers held in between. Everything answered before the log was copied is in
/// the backup; that moment is the loss window's edge.
/// </summary>
internal sealed class TakeRun(string data, string to, BackendAddresses? backends, Action<string> say)
{
    /// <summary>The signed lists of the alarms' ledgers.</summary>
    private const string Heads = "alarm-heads";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Path.Exists(to))
        {
            throw new BackupException($"{to} exists already.");
        }

        var draft = to + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        DataFolder.MakeFolder(draft);
        var note = backends is null ? await CopyOwnAsync(draft, cancellationToken) : await DumpAsync(backends, draft, cancellationToken);
        CopyFolder(Path.Combine(draft, BackupNote.Folder));
        note.Write(draft);
        Directory.Move(draft, to);
        say($"{to} holds everything answered before {note.Moment:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}. It holds passwords and keys too: guard it as you guard the center.");
    }

    private async Task<BackupNote> CopyOwnAsync(string draft, CancellationToken cancellationToken)
    {
        var services = ServicesFile.Read(Path.Combine(data, "services.json"));
        if (services is not { Postgres.Port: { } postgresPort, Redis.Port: { } redisPort })
        {
            throw new BackupException($"{data} is no data folder of a running center with its own PostgreSQL and Redis; for others give --postgres and --redis.");
        }

        var postgres = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = postgresPort,
            Username = "commandcenter",
            Database = "commandcenter",
            Password = Secret("postgres-password"),
        }.ConnectionString;
        await using var copy = await ClusterCopy.StartAsync(postgres, Path.Combine(data, "postgres"), Path.Combine(draft, BackupNote.Cluster), cancellationToken);
        say("PostgreSQL's files are copied");
        await using var hold = await WriterHold.TakeAsync(postgres, cancellationToken);
        CopyHeads(draft);
        await copy.FinishAsync(cancellationToken);
        var moment = await CopyRedisAsync($"127.0.0.1:{redisPort},password={Secret("redis-password")}", draft);
        return new BackupNote(BackupNote.CurrentFormat, moment, await VersionAsync(postgres, cancellationToken), IsDump: false, hold.Position, hold.AlarmPosition);
    }

    private async Task<BackupNote> DumpAsync(BackendAddresses given, string draft, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(given.Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        DateTimeOffset moment;
        string position, alarmPosition, snapshot;
        NpgsqlTransaction transaction;
        await using (var hold = await WriterHold.TakeAsync(given.Postgres, cancellationToken))
        {
            CopyHeads(draft);

            // What pg_dump will read, however long it takes, is this.
            transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            await using var export = new NpgsqlCommand("select pg_export_snapshot()", connection, transaction);
            snapshot = (string)(await export.ExecuteScalarAsync(cancellationToken))!;
            moment = await CopyRedisAsync(given.Redis, draft);
            (position, alarmPosition) = (hold.Position, hold.AlarmPosition);
        }

        await using (transaction)
        {
            await PostgresDump.TakeAsync(given.Postgres, snapshot, Path.Combine(draft, BackupNote.Dump), cancellationToken);
        }

        say("PostgreSQL is dumped");
        return new BackupNote(BackupNote.CurrentFormat, moment, await VersionAsync(given.Postgres, cancellationToken), IsDump: true, position, alarmPosition);
    }

    private async Task<DateTimeOffset> CopyRedisAsync(string redis, string draft)
    {
        var moment = TimeProvider.System.GetUtcNow();
        var (keys, bytes) = await RedisCopy.TakeAsync(redis, Path.Combine(draft, BackupNote.RedisKeysFile));
        say($"{keys} keys of Redis are copied, {bytes} bytes; the writer waited {(TimeProvider.System.GetUtcNow() - moment).TotalSeconds:0.00} s");
        return moment;
    }

    /// <summary>Secrets, the folder's version and mode, the demo's files: all but the backends' folders and what belongs to the running process.</summary>
    private void CopyFolder(string target) => FileCopy.Folder(
        data,
        target,
        file => file is "lock" or "services.json" || file.EndsWith(".log", StringComparison.Ordinal),
        folder => folder is "postgres" or "postgres.new" or "redis" or Heads);

    /// <summary>Before PostgreSQL's moment: a list that was signed after it would name entries of ledgers that the restored center writes anew, with other hashes.</summary>
    private void CopyHeads(string draft)
    {
        if (Directory.Exists(Path.Combine(data, Heads)))
        {
            FileCopy.Folder(Path.Combine(data, Heads), Path.Combine(draft, BackupNote.Folder, Heads), _ => false, _ => false);
        }
    }

    private static async Task<string> VersionAsync(string postgres, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection.PostgreSqlVersion.ToString();
    }

    private string Secret(string name) => File.ReadAllText(Path.Combine(data, "secrets", name)).Trim();
}

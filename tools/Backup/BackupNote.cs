using System.Text.Json;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.Backup;

/// <summary><c>backup.json</c>, written last: a backup without it is not whole.</summary>
/// <param name="Format">Of this layout.</param>
/// <param name="Moment">Everything answered before it is in the backup.</param>
/// <param name="PostgresVersion">Whose files or dump it holds.</param>
/// <param name="IsDump">A dump of an operator's PostgreSQL; else the files of the center's own.</param>
/// <param name="Position">Up to where partition 0 of the log was stored.</param>
/// <param name="AlarmPosition">Up to where the alarms' log was stored; null in a backup from before there were any.</param>
internal sealed record BackupNote(int Format, DateTimeOffset Moment, string PostgresVersion, bool IsDump, string Position, string? AlarmPosition = null)
{
    public const int CurrentFormat = 1;
    public const string Cluster = "postgres";
    public const string Dump = "postgres.dump";
    public const string RedisKeysFile = "redis.keys";
    public const string Folder = "folder";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static BackupNote Read(string backup)
    {
        var file = Path.Combine(backup, "backup.json");
        var note = File.Exists(file) ? JsonSerializer.Deserialize<BackupNote>(File.ReadAllText(file), Json) : null;
        return note is null ? throw new BackupException($"{backup} holds no whole backup: backup.json is missing.")
            : note.Format > CurrentFormat ? throw new BackupException($"{backup} was made by a newer version (format {note.Format}).")
            : note;
    }

    public void Write(string backup) => SecretFile.Write(Path.Combine(backup, "backup.json"), JsonSerializer.Serialize(this, Json) + "\n");
}

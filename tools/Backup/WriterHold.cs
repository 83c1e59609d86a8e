using Npgsql;

namespace CommandCenter.Backup;

/// <summary>
/// Holds the positions of those who write tracks and alarms through while their logs are copied: a log is trimmed only below what is stored, so the copies of PostgreSQL and
/// of the logs fit together whatever happens between them. Phones and walls notice nothing; the writers wait.
/// </summary>
internal sealed class WriterHold(NpgsqlConnection connection, NpgsqlTransaction transaction, string position, string alarmPosition) : IAsyncDisposable
{
    private const string LockSql = "select position from track_positions order by partition for update";

    private const string LockAlarmsSql = "select position from alarm_log_position for update";

    /// <summary>Of partition 0.</summary>
    public string Position { get; } = position;

    public string AlarmPosition { get; } = alarmPosition;

    public static async Task<WriterHold> TakeAsync(string postgres, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, ApplicationName = "commandcenter-backup" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(LockSql, connection, transaction);
        var position = (string?)await command.ExecuteScalarAsync(cancellationToken) ?? "0-0";
        await using var alarms = new NpgsqlCommand(LockAlarmsSql, connection, transaction);
        return new WriterHold(connection, transaction, position, (string)(await alarms.ExecuteScalarAsync(cancellationToken))!);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}

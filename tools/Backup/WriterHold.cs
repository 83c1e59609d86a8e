using Npgsql;

namespace CommandCenter.Backup;

/// <summary>
/// Holds the track writer's position while the log is copied: the log is trimmed only below what is stored, so the copies of PostgreSQL and
/// of the log fit together whatever happens between them. Phones and walls notice nothing; the writer waits.
/// </summary>
internal sealed class WriterHold(NpgsqlConnection connection, NpgsqlTransaction transaction, string position) : IAsyncDisposable
{
    private const string LockSql = "select position from track_positions order by partition for update";

    /// <summary>Of partition 0.</summary>
    public string Position { get; } = position;

    public static async Task<WriterHold> TakeAsync(string postgres, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, ApplicationName = "commandcenter-backup" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(LockSql, connection, transaction);
        return new WriterHold(connection, transaction, (string?)await command.ExecuteScalarAsync(cancellationToken) ?? "0-0");
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}

using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Dispatch.Attachments;

/// <summary>Files beside alarms, in PostgreSQL: in the same backup as the ledgers that name them.</summary>
internal sealed class AttachmentStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 5;

    /// <summary>Of what moves whole files.</summary>
    private const int FileSeconds = 30;

    private const string Columns = """
        alarm_id as AlarmId, id as Id, name as Name, type as Type, size as Size, sha256 as Sha256, speaker as Speaker, by_name as ByName, after_end as AfterEnd, at_ms as AtMs
        """;

    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended('attachments/' || @alarmId::text, 0))";

    private const string FindSql = $"select {Columns} from alarm_attachments where alarm_id = @alarmId and id = @id";

    private const string CountSql = "select count(*) from alarm_attachments where alarm_id = @alarmId";

    private const string InsertSql = """
        insert into alarm_attachments (alarm_id, id, name, type, size, sha256, content, speaker, by_name, after_end, at_ms, told)
        values (@alarmId, @id, @name, @type, @size, @sha256, @content, @speaker, @byName, @afterEnd, @atMs, false)
        """;

    private const string ContentSql = "select content from alarm_attachments where alarm_id = @alarmId and id = @id";

    private const string UntoldSql = $"select {Columns} from alarm_attachments where not told and at_ms < @beforeMs order by at_ms limit @most";

    private const string ToldSql = "update alarm_attachments set told = true where alarm_id = @alarmId and id = @id";

    private const string HashesSql = "select id as Id, sha256(content) as Sha256 from alarm_attachments where alarm_id = @alarmId";

    private const string DeleteSql = "delete from alarm_attachments where alarm_id = any(@alarmIds)";

    /// <summary>Stores a file, unless there is one of this id, which is answered then; null: the alarm has as many as it may.</summary>
    public async Task<(AttachmentRow? Row, bool WasThere)> AddAsync(AttachmentRow row, ReadOnlyMemory<byte> content, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Of(string sql) => new(sql, new { alarmId = row.AlarmId, id = row.Id }, transaction, StatementSeconds, cancellationToken: cancellationToken);

        // Of one alarm one after another, so that they are counted right.
        await connection.ExecuteAsync(Of(LockSql));
        if (await connection.QuerySingleOrDefaultAsync<AttachmentRow>(Of(FindSql)) is { } there)
        {
            return (there, true);
        }

        if (await connection.QuerySingleAsync<long>(Of(CountSql)) >= most)
        {
            return (null, false);
        }

        await InsertAsync(connection, transaction, row, content, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (row, false);
    }

    public async Task<AttachmentRow?> FindAsync(Guid alarmId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<AttachmentRow>(Command(FindSql, new { alarmId, id }, cancellationToken));
    }

    public async Task<byte[]?> ContentAsync(Guid alarmId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<byte[]>(Command(ContentSql, new { alarmId, id }, cancellationToken, FileSeconds));
    }

    /// <summary>Those that came before a moment and that their alarms' ledgers have not been told.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> UntoldAsync(long beforeMs, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<AttachmentRow>(Command(UntoldSql, new { beforeMs, most }, cancellationToken))).AsList();
    }

    public async Task ToldAsync(Guid alarmId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(Command(ToldSql, new { alarmId, id }, cancellationToken));
    }

    /// <summary>SHA-256 in hexadecimal of what is stored now, worked out anew, by file: for holding it against the ledger.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> HashesAsync(Guid alarmId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Id, byte[] Sha256)>(Command(HashesSql, new { alarmId }, cancellationToken, FileSeconds));
        return rows.ToDictionary(row => row.Id, row => Convert.ToHexStringLower(row.Sha256));
    }

    /// <summary>Deletes all files of these alarms, within the transaction of whoever erases a person. The ledgers keep names and hashes until their payloads are deleted, too.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> DeleteOfAlarmsAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<Guid> alarmIds, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(DeleteSql, new { alarmIds = alarmIds.ToArray() }, transaction, FileSeconds * 10, cancellationToken: cancellationToken));

    private static async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, AttachmentRow row, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // Without Dapper: the bytes lie in a larger array of a pool.
        await using var insert = new NpgsqlCommand(InsertSql, connection, transaction) { CommandTimeout = FileSeconds };
        insert.Parameters.Add(new NpgsqlParameter<Guid>("alarmId", row.AlarmId));
        insert.Parameters.Add(new NpgsqlParameter<Guid>("id", row.Id));
        insert.Parameters.Add(new NpgsqlParameter<string>("name", row.Name));
        insert.Parameters.Add(new NpgsqlParameter<string>("type", row.Type));
        insert.Parameters.Add(new NpgsqlParameter<int>("size", row.Size));
        insert.Parameters.Add(new NpgsqlParameter<byte[]>("sha256", row.Sha256));
        insert.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>>("content", NpgsqlDbType.Bytea) { TypedValue = content });
        insert.Parameters.Add(new NpgsqlParameter<string>("speaker", row.Speaker));
        insert.Parameters.Add(new NpgsqlParameter<string>("byName", row.ByName));
        insert.Parameters.Add(new NpgsqlParameter<bool>("afterEnd", row.AfterEnd));
        insert.Parameters.Add(new NpgsqlParameter<long>("atMs", row.AtMs));
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static CommandDefinition Command(string sql, object arguments, CancellationToken cancellationToken, int seconds = StatementSeconds) =>
        new(sql, arguments, commandTimeout: seconds, cancellationToken: cancellationToken);
}

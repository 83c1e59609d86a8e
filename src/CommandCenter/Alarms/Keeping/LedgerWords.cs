using Dapper;
using Npgsql;

namespace CommandCenter.Alarms.Keeping;

/// <summary>What single steps say of somebody, for floors above that put it there.</summary>
internal static class LedgerWords
{
    private const string StoredSql = "select event_id from alarm_ledger where event_id = any(@steps)";

    private const string DeleteSql = """
        delete from alarm_payloads p using alarm_ledger l where l.event_id = any(@steps) and p.alarm_id = l.alarm_id and p.number = l.number
        """;

    /// <summary>Those of the steps that are in their ledgers: a step gets there once, so that words that are deleted then do not come again.</summary>
    public static async Task<HashSet<Guid>> StoredAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] steps, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<Guid>(new CommandDefinition(StoredSql, new { steps }, transaction, 60, cancellationToken: cancellationToken))];

    /// <summary>Deletes what the steps say; how many rows.</summary>
    public static Task<int> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] steps, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(DeleteSql, new { steps }, transaction, 60, cancellationToken: cancellationToken));
}

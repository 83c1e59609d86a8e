using CommandCenter.Alarms.Keeping;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Dispatch.Keeping;

/// <summary>Assignments as part of the alarms that they are of.</summary>
internal sealed class AssignmentTies : IAlarmTies
{
    /// <summary>An assignment's time as holds ask for it: from when somebody was sent to its last change.</summary>
    public static readonly string HeldSql = KeepingLock.HeldSql
        .Replace("p.first_ms", "(extract(epoch from p.sent_at) * 1000)::bigint", StringComparison.Ordinal)
        .Replace("p.last_ms", "(extract(epoch from p.changed_at) * 1000)::bigint", StringComparison.Ordinal);

    private static readonly string HeldAlarmsSql = $"select distinct p.alarm_id from assignments p where p.alarm_id = any(@alarms) and {HeldSql}";

    private const string EraseSql = """
        with noted as (update assignment_steps set note = null where note is not null and assignment_id in (select id from assignments where alarm_id = any(@alarms)))
        update assignments set note = null where note is not null and alarm_id = any(@alarms)
        """;

    private const string DeleteStepsSql = "delete from assignment_steps where assignment_id in (select id from assignments where alarm_id = any(@alarms))";

    private const string DeleteSql = "delete from assignments where alarm_id = any(@alarms)";

    public async Task<IReadOnlyList<Guid>> HeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Guid>(Command(HeldAlarmsSql, new { alarms, now }, transaction, cancellationToken))).AsList();

    public async Task<ErasedTable> EraseWordsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken) =>
        new("assignments", await connection.ExecuteAsync(Command(EraseSql, new { alarms }, transaction, cancellationToken)), 0);

    public async Task<long> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(Command(DeleteStepsSql, new { alarms }, transaction, cancellationToken))
        + await connection.ExecuteAsync(Command(DeleteSql, new { alarms }, transaction, cancellationToken));

    private static CommandDefinition Command(string sql, object arguments, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        new(sql, arguments, transaction, 60, cancellationToken: cancellationToken);
}

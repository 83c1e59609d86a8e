using CommandCenter.Alarms.Keeping;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Dispatch.Assignments;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Dispatch.Keeping;

/// <summary>
/// Assignments of somebody who is erased: that somebody was sent stays, who it was goes, there and in the words of the alarms' ledgers. One of an alarm that is open is needed yet, and one whose
/// steps are on their way into the ledger waits until they are there.
/// </summary>
internal sealed class AssignmentEraser : IErasedWith
{
    private const int AtATime = 200;
    private const string Table = "assignments";

    private const string CountSql = "select count(*)::bigint from assignments where worker_id = @workerId";

    private const string LeftSql = "select exists (select 1 from assignments where worker_id = @workerId and sent_at < @until)";

    private static readonly string OverSql = $"""
        select p.id, p.alarm_id, p.changed_at < @settled from assignments p
        where p.worker_id = @workerId and p.state > 5 and p.sent_at < @until and not {AssignmentTies.HeldSql}
            and not exists (select 1 from assignment_steps s where s.assignment_id = p.id and not s.told)
            and not exists (select 1 from alarms a where a.id = p.alarm_id and a.closed_ms is null)
        order by p.sent_at, p.id limit @most for update
        """;

    private const string StepsSql = "select assignment_id, number from assignment_steps where assignment_id = any(@ids)";

    // A phone's own steps are by the worker's code.
    private const string EraseStepsSql = """
        update assignment_steps s set note = null, by_name = nullif(s.by_name, (select w.code from workers w where w.id = @workerId)) where s.assignment_id = any(@ids)
        """;

    private const string EraseSql = "update assignments set worker_id = null, note = null where id = any(@ids)";

    /// <summary>A step that has not come into its ledger by then never will: it was refused there.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<ErasedTable>> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken) =>
        [new(Table, await connection.QuerySingleAsync<long>(new CommandDefinition(CountSql, new { workerId }, cancellationToken: cancellationToken)), 0)];

    public async Task<IReadOnlyList<ErasedTable>> EraseSomeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CommandDefinition Command(string sql, object arguments) => new(sql, arguments, transaction, 60, cancellationToken: cancellationToken);
        var over = (await connection.QueryAsync<(Guid Id, Guid Alarm, bool Settled)>(Command(
            OverSql, new { workerId = erasure.WorkerId, until = Until(erasure), settled = now - Settles, now, most = AtATime }))).AsList();
        var alarms = over.ToDictionary(one => one.Id, one => one.Alarm);
        var steps = (await connection.QueryAsync<(Guid Id, int Number)>(Command(StepsSql, new { ids = alarms.Keys.ToArray() })))
            .ToLookup(step => step.Id, step => AssignmentTelling.StepIdOf(alarms[step.Id], step.Id, step.Number));
        var stored = await LedgerWords.StoredAsync(connection, transaction, [.. steps.SelectMany(step => step)], cancellationToken);
        Guid[] ids = [.. over.Where(one => one.Settled || steps[one.Id].All(stored.Contains)).Select(one => one.Id)];
        if (ids.Length == 0)
        {
            return [];
        }

        var words = await LedgerWords.DeleteAsync(connection, transaction, [.. ids.SelectMany(id => steps[id])], cancellationToken);
        await connection.ExecuteAsync(Command(EraseStepsSql, new { ids, workerId = erasure.WorkerId }));
        return [new(Table, await connection.ExecuteAsync(Command(EraseSql, new { ids })), 0), new("alarm_payloads", words, 0)];
    }

    public Task<bool> IsLeftAsync(NpgsqlConnection connection, ErasureRow erasure, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(LeftSql, new { workerId = erasure.WorkerId, until = Until(erasure) }, cancellationToken: cancellationToken));

    private static DateTimeOffset Until(ErasureRow erasure) => DateTimeOffset.FromUnixTimeMilliseconds(erasure.UntilMs);
}

using System.Globalization;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Alarms.Keeping;

/// <summary>
/// The alarms of somebody who is erased: who, where exactly and what was said goes, that there was an alarm stays. An open one is needed by those who answer it; it goes once it is over, and until then
/// the erasure is not finished.
/// </summary>
internal sealed class AlarmEraser(AlarmKeepStore store) : IErasedWith
{
    private const string CountSql = """
        select count(*)::bigint,
               (select count(*)::bigint from alarm_payloads p join alarm_ledger l using (alarm_id, number)
                where p.alarm_id = any(array_agg(a.id)) and l.step <> all(@ofNobody)),
               (select count(*)::bigint from alarm_outbox o where o.alarm_id = any(array_agg(a.id)))
        from alarms a where a.worker_id = @workerId
        """;

    private const string LeftSql = "select exists (select 1 from alarms where worker_id = @workerId and least(occurred_ms, arrived_ms) < @untilMs)";

    public async Task<IReadOnlyList<ErasedTable>> CountAsync(NpgsqlConnection connection, int workerId, CancellationToken cancellationToken)
    {
        var (alarms, words, messages) = await connection.QuerySingleAsync<(long Alarms, long Words, long Messages)>(new CommandDefinition(
            CountSql, new { workerId, ofNobody = AlarmWithout.StepsOfNobody.ToArray() }, commandTimeout: 120, cancellationToken: cancellationToken));
        return [new("alarms", alarms, 0), new("alarm_payloads", words, 0), new("alarm_outbox", messages, 0)];
    }

    public async Task<IReadOnlyList<ErasedTable>> EraseSomeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alarms = await store.OfWorkerAsync(connection, transaction, erasure.WorkerId, erasure.UntilMs, now, cancellationToken);
        return alarms.Length == 0 ? []
            : await store.EraseAsync(connection, transaction, alarms, erasure.UserName, string.Create(CultureInfo.InvariantCulture, $"#{erasure.Id}"), now, cancellationToken);
    }

    public Task<bool> IsLeftAsync(NpgsqlConnection connection, ErasureRow erasure, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(LeftSql, new { workerId = erasure.WorkerId, untilMs = erasure.UntilMs }, cancellationToken: cancellationToken));
}

using CommandCenter.Alarms.Board;
using CommandCenter.Alarms.Ledger;
using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;

namespace CommandCenter.Alarms.Keeping;

/// <summary>
/// Takes out of alarms that are over what they say of people, and lets whole alarms go. All in transactions that hold <see cref="KeepingLock"/>. What was said is deleted beside the ledger,
/// who and where in the alarm's row; that it was is a step of the ledger itself, from which every node's memory learns it.
/// </summary>
internal sealed class AlarmKeepStore(LedgerStore ledger, AlarmBoard board, IEnumerable<IAlarmTies> ties)
{
    /// <summary>Alarms a transaction: each holds the rows of some hundred steps.</summary>
    public const int AtATime = 200;

    private const int StatementSeconds = 60;

    /// <summary>An alarm's time as holds ask for it: from when it occurred or arrived to its end.</summary>
    private static readonly string HeldSql = KeepingLock.HeldSql
        .Replace("p.first_ms", "least(p.occurred_ms, p.arrived_ms)", StringComparison.Ordinal)
        .Replace("p.last_ms", "greatest(p.arrived_ms, p.closed_ms)", StringComparison.Ordinal);

    private static readonly string OfWorkerSql = $"""
        select p.id from alarms p
        where p.worker_id = @workerId and p.closed_ms is not null and least(p.occurred_ms, p.arrived_ms) < @untilMs and not {HeldSql}
        order by p.id limit @most for update
        """;

    private static readonly string ToEraseSql = $"""
        select p.id from alarms p
        where p.closed_ms < @beforeMs and p.erased_ms is null and p.id <> all(@passed) and not {HeldSql}
        order by p.closed_ms, p.id limit @most for update
        """;

    private static readonly string ToDeleteSql = $"""
        select p.id from alarms p
        where p.closed_ms < @beforeMs and p.id <> all(@passed) and not {HeldSql}
        order by p.closed_ms, p.id limit @most for update
        """;

    private const string DeleteMessagesSql = "delete from alarm_outbox where alarm_id = any(@alarms)";

    private const string DeleteWordsSql = """
        delete from alarm_payloads p using alarm_ledger l
        where p.alarm_id = any(@alarms) and l.alarm_id = p.alarm_id and l.number = p.number and l.step <> all(@ofNobody)
        """;

    private static readonly string[] DeleteAllSql =
    [
        "delete from alarm_payloads where alarm_id = any(@alarms)",
        "delete from alarm_ledger where alarm_id = any(@alarms)",
        DeleteMessagesSql,
        "delete from alarms where id = any(@alarms)",
    ];

    /// <summary>Alarms about a worker from before a moment that may go now, at most <see cref="AtATime"/>; their rows are locked.</summary>
    public Task<Guid[]> OfWorkerAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int workerId, long untilMs, DateTimeOffset now, CancellationToken cancellationToken) =>
        ClosedAsync(connection, transaction, OfWorkerSql, new { workerId, untilMs, now, most = AtATime }, cancellationToken);

    /// <summary>Alarms that ended before a moment and still say something of people, oldest end first; those passed over before are left out, held ones too.</summary>
    public Task<Guid[]> ToEraseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long beforeMs, Guid[] passed, DateTimeOffset now, CancellationToken cancellationToken) =>
        ClosedAsync(connection, transaction, ToEraseSql, new { beforeMs, passed, now, most = AtATime }, cancellationToken);

    /// <summary>The same of alarms that are to go as a whole.</summary>
    public Task<Guid[]> ToDeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long beforeMs, Guid[] passed, DateTimeOffset now, CancellationToken cancellationToken) =>
        ClosedAsync(connection, transaction, ToDeleteSql, new { beforeMs, passed, now, most = AtATime }, cancellationToken);

    /// <summary>Those that a case keeps for somebody who was sent to them.</summary>
    public async Task<HashSet<Guid>> HeldAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = new HashSet<Guid>();
        foreach (var tie in ties)
        {
            held.UnionWith(await tie.HeldAsync(connection, transaction, alarms, now, cancellationToken));
        }

        return held;
    }

    /// <summary>Takes out what they say of people; how much went, by table.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="transaction">Has the rows locked.</param>
    /// <param name="alarms">Which; none of them erased before.</param>
    /// <param name="by">Who ordered it; null: their keeping is over.</param>
    /// <param name="text">The order's number; of nobody.</param>
    /// <param name="now">Of the step.</param>
    /// <param name="cancellationToken">Ends it; the transaction is then of no use.</param>
    public async Task<IReadOnlyList<ErasedTable>> EraseAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, string? by, string? text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var messages = await ExecuteAsync(connection, transaction, DeleteMessagesSql, new { alarms }, cancellationToken);
        var words = await ExecuteAsync(connection, transaction, DeleteWordsSql, new { alarms, ofNobody = AlarmWithout.StepsOfNobody.ToArray() }, cancellationToken);
        var gone = new List<ErasedTable> { new("alarms", alarms.Length, 0), new("alarm_payloads", words, 0), new("alarm_outbox", messages, 0) };
        foreach (var tie in ties)
        {
            gone.Add(await tie.EraseWordsAsync(connection, transaction, alarms, cancellationToken));
        }

        var steps = alarms.Select(alarm => new AlarmEvent
        {
            Id = AlarmIds.Step(alarm, AlarmStep.Erased, 0),
            Alarm = alarm,
            Step = AlarmStep.Erased,
            AtMs = now.ToUnixTimeMilliseconds(),
            By = by,
            Text = text,
        }).ToList();
        await ledger.WriteWithinAsync(connection, transaction, steps, direct: true, cancellationToken);
        return gone;
    }

    /// <summary>Deletes them with their ledgers and all that hangs on them; how many rows.</summary>
    public async Task<long> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] alarms, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var tie in ties)
        {
            rows += await tie.DeleteAsync(connection, transaction, alarms, cancellationToken);
        }

        foreach (var sql in DeleteAllSql)
        {
            rows += await ExecuteAsync(connection, transaction, sql, new { alarms }, cancellationToken);
        }

        return rows;
    }

    /// <summary>One that was opened again in this moment may be closed in the store still.</summary>
    private async Task<Guid[]> ClosedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object arguments, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<Guid>(new CommandDefinition(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken)))
            .Where(alarm => board.Find(alarm) is not { IsOpen: true })];

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, object arguments, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken));
}

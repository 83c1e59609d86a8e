using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>What workers' days are reckoned of, and what came out. Days go to and fro as numbers from the first day of the calendar, DateOnly's own count.</summary>
internal sealed class ReckonStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 120;

    // The same fixes are the same number, whether they lie in pieces or are folded.
    private const string InputsSql = """
        select worker_id, bit_xor(hashint8extended(fixes, hour_ms) # hashint8extended(first_ms, last_ms)) from (
            select worker_id, hour_ms, sum(fixes)::bigint as fixes, min(first_ms) as first_ms, max(last_ms) as last_ms
            from track_parts where hour_ms = any(@hours) and (@workers::int[] is null or worker_id = any(@workers)) group by worker_id, hour_ms) as hours
        group by worker_id
        """;

    // Where something was damaged another number, so that it is tried again: it may have been put back.
    private const string KnownSql = "select worker_id, input # damaged from coverage_worker_days where day = date '0001-01-01' + @day";

    // Part of what they are reckoned of has been let go: what is known of them stays.
    private const string LetGoSql = """
        select distinct worker_id from track_days
        where day between date '0001-01-01' + @day - 1 and date '0001-01-01' + @day + 1 and raw_dropped_at is not null
            and (@workers::int[] is null or worker_id = any(@workers))
        """;

    // What was before an erasure never counts again, whatever of it turns up in the log, or is not deleted yet.
    private const string ErasedSql = """
        select worker_id, max(until_ms) from track_erasures where until_ms > @nearMs and (@workers::int[] is null or worker_id = any(@workers)) group by worker_id
        """;

    private const string WriteSql = """
        insert into coverage_worker_days (day, worker_id, input, credited_ms, cells, damaged, body)
        select date '0001-01-01' + @day, d.* from unnest(@workers, @inputs, @credited, @cells, @damaged, @bodies) as d
        on conflict (day, worker_id) do update set
            input = excluded.input, credited_ms = excluded.credited_ms, cells = excluded.cells, damaged = excluded.damaged, body = excluded.body
        """;

    private const string FrozenSql = "select exists (select 1 from coverage_days where day = date '0001-01-01' + @day and frozen_at is not null)";

    public async Task<DayInputs> InputsAsync(DaySpan day, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await InputsAsync(connection, null, day, null, cancellationToken);
    }

    /// <summary>Of some, as it is within <see cref="BeginAsync"/>'s transaction: what was let go since it was looked at first is gone here.</summary>
    public static Task<DayInputs> InputsAsync(NpgsqlTransaction transaction, DaySpan day, int[] workers, CancellationToken cancellationToken) =>
        InputsAsync(transaction.Connection!, transaction, day, workers, cancellationToken);

    public async Task<Dictionary<int, long>> KnownAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ByWorkerAsync(connection, null, KnownSql, new { day = day.DayNumber }, cancellationToken);
    }

    /// <summary>Workers' days of it have been let go: it stays as it was summed up.</summary>
    public async Task<bool> IsFrozenAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(FrozenSql, new { day = day.DayNumber }, cancellationToken: cancellationToken));
    }

    /// <summary>A transaction in which nothing of tracks is deleted by others: what is read in it may be written in it.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepingLock.ShareAsync(connection, transaction, cancellationToken);
            return transaction;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task WriteAsync(NpgsqlTransaction transaction, DateOnly day, IReadOnlyCollection<ReckonedDay> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WriteSql, transaction.Connection, transaction) { CommandTimeout = StatementSeconds };
        command.Parameters.AddWithValue("day", day.DayNumber);
        Add("workers", NpgsqlDbType.Integer, row => row.WorkerId);
        Add("inputs", NpgsqlDbType.Bigint, row => row.Input);
        Add("credited", NpgsqlDbType.Bigint, row => row.CreditedMs);
        Add("cells", NpgsqlDbType.Integer, row => row.Cells);
        Add("damaged", NpgsqlDbType.Integer, row => row.Damaged);
        Add("bodies", NpgsqlDbType.Bytea, row => row.Body);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(string name, NpgsqlDbType type, Func<ReckonedDay, T> valueOf) =>
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = rows.Select(valueOf).ToArray() });
    }

    private static async Task<DayInputs> InputsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, DaySpan day, int[]? workers, CancellationToken cancellationToken)
    {
        var letGo = await connection.QueryAsync<int>(new CommandDefinition(
            LetGoSql, new { day = day.Day.DayNumber, workers }, transaction, StatementSeconds, cancellationToken: cancellationToken));
        var stored = await ByWorkerAsync(
            connection, transaction, InputsSql, new { hours = TrackPiece.HoursOf(day.NearMs, day.NearEndMs), workers }, cancellationToken);
        var erased = await ByWorkerAsync(connection, transaction, ErasedSql, new { nearMs = day.NearMs, workers }, cancellationToken);
        return new DayInputs(stored, [.. letGo], erased, day.ToMs);
    }

    private static async Task<Dictionary<int, long>> ByWorkerAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, object arguments, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int WorkerId, long Input)>(new CommandDefinition(
            sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.WorkerId, row => row.Input);
    }
}

/// <param name="Stored">A number by worker that stands for what is stored of the day.</param>
/// <param name="LetGo">Of whom part of it is gone.</param>
/// <param name="ErasedUntilMs">By worker, of whom nothing before a moment counts.</param>
/// <param name="EndMs">Of the day, exclusive.</param>
internal sealed record DayInputs(Dictionary<int, long> Stored, HashSet<int> LetGo, Dictionary<int, long> ErasedUntilMs, long EndMs)
{
    /// <summary>Nothing of the day may be reckoned any more.</summary>
    public bool IsErased(int worker) => ErasedUntilMs.TryGetValue(worker, out var untilMs) && untilMs >= EndMs;
}

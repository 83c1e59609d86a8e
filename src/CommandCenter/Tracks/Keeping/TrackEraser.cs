using CommandCenter.Contracts.Tracks;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Tracks.Keeping;

/// <summary>
/// Deletes one person's tracks up to a moment: what was made of them first, then the tracks, a day at a time, each with its summary and its count in one transaction.
/// Stopped anywhere, it goes on where it was, nothing of what went is made again, and the receipt counts everything once.
/// </summary>
internal sealed partial class TrackEraser(
    NpgsqlDataSource dataSource,
    ErasureStore store,
    IEnumerable<IErasedWith> others,
    KeepingMetrics metrics,
    IOptions<TrackKeepingOptions> options,
    IOptions<CenterOptions> center,
    TimeProvider time,
    ILogger<TrackEraser> logger)
{
    private const long DayMs = 24 * TrackPiece.HourMilliseconds;
    // "Eras" in ASCII; the second key is the erasure's number.
    private const string TryLockSql = "select pg_try_advisory_lock(0x45726173, @key)";

    private const string UnlockSql = "select pg_advisory_unlock(0x45726173, @key)";

    private const string SummariesTable = "track_days";
    private const string NotesTable = "track_days_due";
    private static readonly string[] Bodies = ["track_pieces", "track_segments"];

    // Every other table of tracks with a worker in it, whoever made it; not what is written down about keeping itself.
    private const string OtherTablesSql = """
        select c.table_name::text from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.column_name = 'worker_id' and c.table_name like 'track\_%'
          and c.table_name not in ('track_pieces', 'track_hold_workers', 'track_erasures') and c.table_name not like 'track\_segments%'
        order by 1
        """;

    private const string OfDevicesSql = "device_id in (select id from devices where worker_id = @workerId)";

    private const string AddSql = """
        insert into track_erasure_counts (erasure_id, table_name, rows, fixes) values (@id, @table, @rows, @fixes)
        on conflict (erasure_id, table_name) do update set rows = track_erasure_counts.rows + excluded.rows, fixes = track_erasure_counts.fixes + excluded.fixes
        """;

    private const string AddLaterSql = "update track_erasures set later_fixes = later_fixes + @fixes where id = @id";

    // What is not erased is still to be summed up: the tracks from the erasure's moment on.
    private const string HoursAfterSql = "select distinct hour_ms from track_parts where worker_id = @workerId and hour_ms >= @hourMs and last_ms >= @untilMs";

    private const string InsertRestSql = """
        insert into track_pieces (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body)
        values (@WorkerId, @HourMs, @FirstMs, @LastMs, @Count, @WestE7, @SouthE7, @EastE7, @NorthE7, @LengthMeters, @Body)
        """;

    /// <summary>What would go, by table; the interval is not told, only how much.</summary>
    public async Task<IReadOnlyList<ErasedTable>> CountAsync(int workerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = new List<ErasedTable>();
        foreach (var table in Bodies)
        {
            found.Add(await connection.QuerySingleAsync<ErasedTable>(new CommandDefinition(
                $"select '{table}' as \"Table\", count(*)::bigint as Rows, coalesce(sum(fixes), 0)::bigint as Fixes from {table} where worker_id = @workerId",
                new { workerId }, commandTimeout: 120, cancellationToken: cancellationToken)));
        }

        foreach (var (table, where) in await OthersAsync(connection, cancellationToken))
        {
            found.Add(await connection.QuerySingleAsync<ErasedTable>(new CommandDefinition(
                $"select '{table}' as \"Table\", count(*)::bigint as Rows, 0::bigint as Fixes from {table} where {where}",
                new { workerId }, commandTimeout: 120, cancellationToken: cancellationToken)));
        }

        foreach (var other in others)
        {
            found.AddRange(await other.CountAsync(connection, workerId, cancellationToken));
        }

        return found;
    }

    public async Task<Deleted> ContinueAllAsync(CancellationToken cancellationToken)
    {
        var all = default(Deleted);
        metrics.Deleted("erasure", all);
        foreach (var erasure in await store.OpenAsync(time.GetUtcNow(), cancellationToken))
        {
            try
            {
                all += await ContinueAsync(erasure.Id, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // One that always fails must hold up neither the others nor what else the round lets go.
                LogInterrupted(erasure.Id, e);
            }
        }

        return all;
    }

    /// <summary>
    /// Begins what was ordered and waits for a while; whatever becomes of it, the keeper's next round goes on with it, so that a failure is no answer to whoever ordered it.
    /// </summary>
    public async Task BeginAsync(long id, TimeSpan patience)
    {
        using var waited = new CancellationTokenSource();
        var work = ContinueLoggedAsync(id);
        await Task.WhenAny(work, Task.Delay(patience, time, waited.Token));
        await waited.CancelAsync();
    }

    /// <summary>
    /// Goes on with one, unless another is at it, here or on another node: what a second one counted would go into a receipt that the first has signed. The lock is the
    /// connection's, so it ends with its node.
    /// </summary>
    public async Task<Deleted> ContinueAsync(long id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var key = unchecked((int)id);
        if (!await connection.QuerySingleAsync<bool>(new CommandDefinition(TryLockSql, new { key }, cancellationToken: cancellationToken)))
        {
            return default;
        }

        try
        {
            return await store.FindAsync(id, cancellationToken) is { } erasure ? await ContinueAsync(erasure, cancellationToken) : default;
        }
        finally
        {
            await connection.ExecuteAsync(new CommandDefinition(UnlockSql, new { key }, cancellationToken: CancellationToken.None));
        }
    }

    private async Task ContinueLoggedAsync(long id)
    {
        try
        {
            await ContinueAsync(id, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogInterrupted(id, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Id} is interrupted; the keeper's next round goes on with it")]
    private partial void LogInterrupted(long id, Exception error);

    private async Task<Deleted> ContinueAsync(ErasureRow erasure, CancellationToken cancellationToken)
    {
        var all = default(Deleted);

        // First what was derived: each of it that is made meanwhile is of a body still there, and goes with it.
        var held = false;
        if (erasure.FinishedAt is null)
        {
            (var others, held) = await EraseOthersAsync(erasure, cancellationToken);
            all += others;
        }

        foreach (var table in Bodies)
        {
            for (var day = await OldestAsync(table, long.MinValue, erasure, cancellationToken); day is { } from; day = await OldestAsync(table, from + DayMs, erasure, cancellationToken))
            {
                all += await EraseDayAsync(table, erasure, from, cancellationToken);
            }
        }

        // What a case begun since keeps, keeps the erasure open too.
        var kept = held;
        foreach (var table in Bodies)
        {
            kept |= await OldestAsync(table, long.MinValue, erasure, cancellationToken) is not null;
        }

        var waits = false;
        foreach (var other in others)
        {
            all += await EraseOtherAsync(other, erasure, cancellationToken);
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            waits |= await other.IsLeftAsync(connection, erasure, cancellationToken);
        }

        // It may wait long for what is not tracks; whoever asks for tracks need not.
        if (erasure.FinishedAt is null && waits && !kept)
        {
            await store.TracksGoneAsync(erasure.Id, time.GetUtcNow(), cancellationToken);
        }

        if (erasure.FinishedAt is null && !kept && !waits)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
            await store.FinishAsync(erasure.Id, at, ErasureReceipts.Sum(erasure, at, await store.CountsAsync(erasure.Id, cancellationToken)), cancellationToken);
        }

        metrics.Deleted("erasure", all);
        return all;
    }

    private async Task<long?> OldestAsync(string table, long from, ErasureRow erasure, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var hour = await connection.QuerySingleAsync<long?>(new CommandDefinition(
            $"select min(hour_ms) from {table} where worker_id = @workerId and hour_ms >= @from and first_ms < @untilMs",
            new { workerId = erasure.WorkerId, from, untilMs = erasure.UntilMs }, commandTimeout: 120, cancellationToken: cancellationToken));
        return hour is { } ms ? ms - (((ms % DayMs) + DayMs) % DayMs) : null;
    }

    private async Task<Deleted> EraseDayAsync(string table, ErasureRow erasure, long from, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await KeepingLock.TakeAsync(connection, transaction, cancellationToken);

        // A case begun since keeps what it names; the erasure goes on when it is over.
        var bodies = (await connection.QueryAsync<(byte[] Body, int Fixes, long HourMs)>(new CommandDefinition(
            $"delete from {table} p where hour_ms >= @from and hour_ms < @to and worker_id = @workerId and first_ms < @untilMs and not {KeepingLock.HeldSql} returning body, fixes, hour_ms",
            new { from, to = from + DayMs, workerId = erasure.WorkerId, untilMs = erasure.UntilMs, now = time.GetUtcNow() },
            transaction, 120, cancellationToken: cancellationToken))).AsList();
        var fixes = new List<Fix>();
        long gone = 0;
        foreach (var (body, count, _) in bodies)
        {
            fixes.Clear();
            try
            {
                TrackCodec.Decode(body, fixes);
            }
            catch (InvalidDataException)
            {
                // Damaged: nobody can read or part it, so all of it goes, and holds up nobody else's.
                gone += count;
                continue;
            }

            gone += fixes.RemoveAll(fix => fix.FixTimeMs < erasure.UntilMs);
            if (fixes.Count > 0)
            {
                await connection.ExecuteAsync(new CommandDefinition(InsertRestSql, TrackPiece.From(fixes), transaction, cancellationToken: cancellationToken));
            }
        }

        await AddAsync(connection, transaction, erasure, table, bodies.Count, gone, cancellationToken);
        var hours = bodies.Select(body => body.HourMs).Distinct().ToArray();
        WorkerDay[] days = [.. TrackDayRules.DaysOf(hours.Select(hour => (erasure.WorkerId, hour)), center.Value)];
        if (await TrackDayStore.ForgetAsync(connection, transaction, erasure.WorkerId, hours, days, cancellationToken) is > 0 and var summaries)
        {
            await AddAsync(connection, transaction, erasure, SummariesTable, summaries, 0, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await Task.Delay(options.Value.PauseMilliseconds / 10, cancellationToken);
        return new Deleted(bodies.Count, gone);
    }

    /// <summary>Held: a case begun since keeps what is left of them.</summary>
    private async Task<(Deleted All, bool Held)> EraseOthersAsync(ErasureRow erasure, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var all = default(Deleted);
        foreach (var (table, where) in await OthersAsync(connection, cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
            if (await HoldStore.CasesAsync(connection, transaction, erasure.WorkerId, time.GetUtcNow(), cancellationToken) is { Count: > 0 })
            {
                return (all, true);
            }

            var rows = await connection.ExecuteAsync(new CommandDefinition(
                $"delete from {table} where {where}", new { workerId = erasure.WorkerId }, transaction, 120, cancellationToken: cancellationToken));
            await AddAsync(connection, transaction, erasure, table, rows, 0, cancellationToken);
            if (table is SummariesTable or NotesTable)
            {
                var hours = (await connection.QueryAsync<long>(new CommandDefinition(
                    HoursAfterSql,
                    new { workerId = erasure.WorkerId, hourMs = TrackPiece.HourOf(erasure.UntilMs), untilMs = erasure.UntilMs },
                    transaction,
                    120,
                    cancellationToken: cancellationToken))).ToArray();
                await TrackDayStore.NoteAsync(connection, transaction, erasure.WorkerId, hours, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            all += new Deleted(rows, 0);
        }

        return (all, false);
    }

    private async Task<Deleted> EraseOtherAsync(IErasedWith other, ErasureRow erasure, CancellationToken cancellationToken)
    {
        var all = default(Deleted);
        while (true)
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await KeepingLock.TakeAsync(connection, transaction, cancellationToken);
            var gone = await other.EraseSomeAsync(connection, transaction, erasure, time.GetUtcNow(), cancellationToken);
            if (gone.Count == 0)
            {
                return all;
            }

            foreach (var table in gone)
            {
                await AddAsync(connection, transaction, erasure, table.Table, table.Rows, table.Fixes, cancellationToken);
                all += new Deleted(table.Rows, 0);
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<List<(string Table, string Where)>> OthersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var others = (await connection.QueryAsync<string>(new CommandDefinition(OtherTablesSql, cancellationToken: cancellationToken)))
            .Select(table => (table, "worker_id = @workerId")).ToList();
        others.Add(("device_contacts", OfDevicesSql));
        others.Add(("device_refusals", OfDevicesSql));
        return others;
    }

    /// <summary>The receipt is closed when it is finished: what comes later is counted apart.</summary>
    private static Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ErasureRow erasure, string table, long rows, long fixes, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            erasure.FinishedAt is null ? AddSql : AddLaterSql, new { id = erasure.Id, table, rows, fixes }, transaction, cancellationToken: cancellationToken));
}

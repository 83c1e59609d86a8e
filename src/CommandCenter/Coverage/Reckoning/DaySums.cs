using System.Data;
using System.Text.Json;
using CommandCenter.Coverage.Store;
using CommandCenter.Tracks.Meaning;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Coverage.Reckoning;

/// <summary>
/// Sums workers' days up to the day of all, which is a function of those rows alone: whoever dies half-way, or comes second, leaves the same tiles. One at a time for each
/// day, on whichever node.
/// </summary>
internal sealed class DaySums(NpgsqlDataSource dataSource)
{
    /// <summary>First key of the advisory lock of a day, "Covd" in ASCII; the second is the day's number.</summary>
    private const int LockClass = 0x436F7664;
    private const int StatementSeconds = 120;

    private const string LockSql = "select pg_advisory_xact_lock(@lockClass, @day)";

    private const string InputSql = """
        select coalesce(bit_xor(hashint8extended(worker_id, input # damaged)), 0) from coverage_worker_days where day = date '0001-01-01' + @day
        """;

    private const string BeforeSql = """
        select input as Input, frozen_at is not null as Frozen, version as Version, reckoned_at as ReckonedAt, correction::text as Correction,
               workers as Workers, credited_ms as CreditedMs, cells as Cells, visits as Visits, passes as Passes,
               damaged as Damaged
        from coverage_days where day = date '0001-01-01' + @day
        """;

    private const string SeenSql = "update coverage_days set reckoned_at = @asOf where day = date '0001-01-01' + @day";

    private const string RowsSql = "select body, credited_ms, damaged from coverage_worker_days where day = date '0001-01-01' + @day order by worker_id";

    private const string TilesSql = "select tile_column, tile_row, body from coverage_tiles where day = date '0001-01-01' + @day";

    private const string DropTilesSql = """
        delete from coverage_tiles where day = date '0001-01-01' + @day and (tile_column, tile_row) in (select c, r from unnest(@columns, @rows) as gone (c, r))
        """;

    private const string WriteTilesSql = """
        insert into coverage_tiles (day, tile_column, tile_row, body) select date '0001-01-01' + @day, t.* from unnest(@columns, @rows, @bodies) as t
        on conflict (day, tile_column, tile_row) do update set body = excluded.body
        """;

    private const string WriteDaySql = """
        insert into coverage_days (day, version, reckoned_at, corrected_at, correction, input, workers, credited_ms, cells, visits, passes, damaged)
        values (date '0001-01-01' + @day, 1, @asOf, null, null, @input, @Workers, @CreditedMs, @Cells, @Visits, @Passes, @damaged)
        on conflict (day) do update set
            version = coverage_days.version + @step, reckoned_at = @asOf,
            corrected_at = case when @corrects then @asOf else coverage_days.corrected_at end,
            correction = case when @corrects then @correction::jsonb else coverage_days.correction end,
            input = excluded.input, workers = excluded.workers, credited_ms = excluded.credited_ms, cells = excluded.cells, visits = excluded.visits,
            passes = excluded.passes, damaged = excluded.damaged
        """;

    /// <summary>True: the day came out otherwise than when it was over and had been summed up.</summary>
    /// <param name="day">Which.</param>
    /// <param name="asOf">When it was begun to read what there is of it: how old the answers are that are made of it.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    public async Task<bool> SumAsync(DaySpan day, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var number = day.Day.DayNumber;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(LockSql, new { lockClass = LockClass, day = number });
        var input = await connection.QuerySingleAsync<long>(new CommandDefinition(InputSql, new { day = number }, transaction, StatementSeconds, cancellationToken: cancellationToken));
        var before = await connection.QuerySingleOrDefaultAsync<Before?>(new CommandDefinition(BeforeSql, new { day = number }, transaction, cancellationToken: cancellationToken));
        if (before is not null && (before.Frozen || before.Input == input))
        {
            await ExecuteAsync(SeenSql, new { day = number, asOf });
            await transaction.CommitAsync(cancellationToken);
            return false;
        }

        var (tiles, totals, damaged) = await ReadAsync(connection, transaction, day, cancellationToken);
        var changed = await WriteTilesAsync(connection, transaction, number, tiles, cancellationToken);
        var corrects = changed && before is not null && before.ReckonedAt >= DateTimeOffset.FromUnixTimeMilliseconds(day.ToMs) + TrackDayRules.Settle;
        var correction = corrects ? before!.Corrected + (totals - before.Totals) : null;
        await ExecuteAsync(WriteDaySql, new
        {
            day = number,
            asOf,
            input,
            step = changed || damaged != (before?.Damaged ?? 0) ? 1 : 0,
            corrects,
            correction = correction is null ? null : JsonSerializer.Serialize(correction),
            totals.Workers,
            totals.CreditedMs,
            totals.Cells,
            totals.Visits,
            totals.Passes,
            damaged,
        });
        await transaction.CommitAsync(cancellationToken);
        return corrects;

        Task ExecuteAsync(string sql, object arguments) =>
            connection.ExecuteAsync(new CommandDefinition(sql, arguments, transaction, StatementSeconds, cancellationToken: cancellationToken));
    }

    private static async Task<(Dictionary<CoverageTile, byte[]> Tiles, CoverageTotals Totals, int Damaged)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, DaySpan day, CancellationToken cancellationToken)
    {
        var sums = new DayCells();
        var (workers, credited, damaged) = (0, 0L, 0);
        await using (var command = new NpgsqlCommand(RowsSql, connection, transaction) { CommandTimeout = StatementSeconds })
        {
            command.Parameters.AddWithValue("day", day.Day.DayNumber);
            await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                sums.Add(CoverageCodec.DecodeWorkerDay(rows.GetFieldValue<byte[]>(0), day.FromMs));
                var own = rows.GetInt64(1);
                workers += own > 0 ? 1 : 0;
                credited += own;
                damaged += rows.GetInt32(2);
            }
        }

        var tiles = new Dictionary<CoverageTile, byte[]>();
        var (cells, visits, passes) = (0, 0L, 0L);
        foreach (var (tile, totals) in sums.Tiles())
        {
            tiles[tile] = CoverageCodec.Encode(tile, totals, day.FromMs);
            cells += totals.Count;
            visits += totals.Sum(total => (long)total.Visits);
            passes += totals.Sum(total => (long)total.Passes);
        }

        return (tiles, new CoverageTotals(workers, credited, cells, visits, passes), damaged);
    }

    /// <summary>Whether any is another than before.</summary>
    private static async Task<bool> WriteTilesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int day, Dictionary<CoverageTile, byte[]> tiles, CancellationToken cancellationToken)
    {
        var before = (await connection.QueryAsync<(int Column, int Row, byte[] Body)>(new CommandDefinition(
            TilesSql, new { day }, transaction, StatementSeconds, cancellationToken: cancellationToken))).ToDictionary(tile => new CoverageTile(tile.Column, tile.Row), tile => tile.Body);
        var gone = before.Keys.Where(tile => !tiles.ContainsKey(tile)).ToArray();
        var changed = tiles.Where(tile => !before.TryGetValue(tile.Key, out var body) || !body.AsSpan().SequenceEqual(tile.Value)).ToArray();
        if (gone.Length > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                DropTilesSql,
                new { day, columns = gone.Select(tile => tile.Column).ToArray(), rows = gone.Select(tile => tile.Row).ToArray() },
                transaction,
                StatementSeconds,
                cancellationToken: cancellationToken));
        }

        if (changed.Length > 0)
        {
            await using var command = new NpgsqlCommand(WriteTilesSql, connection, transaction) { CommandTimeout = StatementSeconds };
            command.Parameters.AddWithValue("day", day);
            command.Parameters.AddWithValue("columns", changed.Select(tile => tile.Key.Column).ToArray());
            command.Parameters.AddWithValue("rows", changed.Select(tile => tile.Key.Row).ToArray());
            command.Parameters.Add(new NpgsqlParameter("bodies", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = changed.Select(tile => tile.Value).ToArray() });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return gone.Length + changed.Length > 0;
    }

    private sealed class Before
    {
        public long Input { get; init; }

        public bool Frozen { get; init; }

        public DateTime ReckonedAt { get; init; }

        public string? Correction { get; init; }

        public int Workers { get; init; }

        public long CreditedMs { get; init; }

        public int Cells { get; init; }

        public long Visits { get; init; }

        public long Passes { get; init; }

        public long Version { get; init; }

        public int Damaged { get; init; }

        public CoverageTotals Totals => new(Workers, CreditedMs, Cells, Visits, Passes);

        public CoverageTotals Corrected => Correction is null ? CoverageTotals.None : JsonSerializer.Deserialize<CoverageTotals>(Correction)!;
    }
}

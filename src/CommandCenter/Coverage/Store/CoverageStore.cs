using System.Data;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CommandCenter.Jobs;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CommandCenter.Coverage.Store;

/// <summary>What was reckoned, for whoever reads it.</summary>
public sealed class CoverageStore(NpgsqlDataSource dataSource, IOptions<CenterOptions> center)
{
    private const int StatementSeconds = 60;

    // Days go to and fro as numbers from the first day of the calendar, DateOnly's own count.
    private const string DaysSql = """
        select day - date '0001-01-01' as Day, version as Version, reckoned_at as ReckonedAt, corrected_at as CorrectedAt, correction::text as Correction,
               workers as Workers, credited_ms as CreditedMs, cells as Cells, visits as Visits, passes as Passes,
               damaged as Damaged
        from coverage_days where day >= date '0001-01-01' + @from and day < date '0001-01-01' + @to order by day
        """;

    private const string TilesSql = """
        select day - date '0001-01-01', tile_column, tile_row, body from coverage_tiles
        where day >= date '0001-01-01' + @from and day < date '0001-01-01' + @to
            and tile_column between @west and @east and tile_row between @south and @north
        order by day, tile_row, tile_column
        """;

    private const string WorkerDaysSql = """
        select day - date '0001-01-01', worker_id, credited_ms, body from coverage_worker_days
        where day >= date '0001-01-01' + @from and day < date '0001-01-01' + @to and (@workers::int[] is null or worker_id = any(@workers))
        order by day, worker_id
        """;

    /// <param name="from">The first day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Those that were reckoned, in order; a day that is missing was not.</returns>
    public async Task<IReadOnlyList<CoverageDay>> ReadDaysAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<DayRow>(new CommandDefinition(
            DaysSql, new { from = from.DayNumber, to = to.DayNumber }, commandTimeout: StatementSeconds, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToDay())];
    }

    /// <summary>Tiles of these days between two corners, both of them included, by day.</summary>
    public async IAsyncEnumerable<StoredTile> ReadTilesAsync(
        DateOnly from, DateOnly to, CoverageTile southWest, CoverageTile northEast, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(TilesSql);
        command.CommandTimeout = StatementSeconds;
        command.Parameters.AddWithValue("from", from.DayNumber);
        command.Parameters.AddWithValue("to", to.DayNumber);
        command.Parameters.AddWithValue("west", southWest.Column);
        command.Parameters.AddWithValue("east", northEast.Column);
        command.Parameters.AddWithValue("south", southWest.Row);
        command.Parameters.AddWithValue("north", northEast.Row);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new StoredTile(DateOnly.FromDayNumber(rows.GetInt32(0)), new CoverageTile(rows.GetInt32(1), rows.GetInt32(2)), rows.GetFieldValue<byte[]>(3));
        }
    }

    /// <summary>What these workers (null: all) earned on each of these days, by day; streamed: the connection is held until the last is taken.</summary>
    /// <exception cref="InvalidDataException">What is stored of a day is damaged.</exception>
    public async IAsyncEnumerable<WorkerCells> ReadWorkerDaysAsync(
        IReadOnlyCollection<int>? workers, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WorkerDaysSql);
        command.CommandTimeout = StatementSeconds;
        command.Parameters.AddWithValue("from", from.DayNumber);
        command.Parameters.AddWithValue("to", to.DayNumber);
        command.Parameters.Add(new NpgsqlParameter("workers", NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer) { Value = workers?.ToArray() ?? (object)DBNull.Value });
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var day = DateOnly.FromDayNumber(rows.GetInt32(0));
            yield return new WorkerCells(
                day, rows.GetInt32(1), rows.GetInt64(2), CoverageCodec.DecodeWorkerDay(rows.GetFieldValue<byte[]>(3), BeginOf(day)));
        }
    }

    /// <summary>Begin of a day of the center's zone, ms since 1970 UTC: what stored moments count from.</summary>
    public long BeginOf(DateOnly day) => JobWindow.StartOf(day, center.Value).ToUnixTimeMilliseconds();

    private sealed class DayRow
    {
        public int Day { get; init; }

        public long Version { get; init; }

        public DateTime ReckonedAt { get; init; }

        public DateTime? CorrectedAt { get; init; }

        public string? Correction { get; init; }

        public int Workers { get; init; }

        public long CreditedMs { get; init; }

        public int Cells { get; init; }

        public long Visits { get; init; }

        public long Passes { get; init; }

        public int Damaged { get; init; }

        public CoverageDay ToDay() => new(
            DateOnly.FromDayNumber(Day),
            Version,
            ReckonedAt,
            CorrectedAt,
            Correction is null ? null : JsonSerializer.Deserialize<CoverageTotals>(Correction),
            new CoverageTotals(Workers, CreditedMs, Cells, Visits, Passes),
            Damaged);
    }
}

using CommandCenter.Tracks;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Tracks as they are stored, and what was reckoned of them.</summary>
internal static class CoverageRows
{
    public static async Task KeepAsync(NpgsqlConnection connection, params IEnumerable<Fix>[] walks)
    {
        foreach (var piece in walks.SelectMany(walk => walk).GroupBy(fix => (fix.WorkerId, TrackPiece.HourOf(fix.FixTimeMs))))
        {
            await Tracks.TrackRows.InsertAsync(connection, TrackPiece.From([.. piece]));
        }
    }

    /// <summary>All that is kept of coverage of some days but when it was looked at, to be compared.</summary>
    public static async Task<string> ReadAsync(NpgsqlConnection connection, DateOnly from, DateOnly to) =>
        string.Join('\n', await connection.QueryAsync<string>(
            """
            select format('%s %s %s %s', day, worker_id, credited_ms, encode(body, 'hex')) from coverage_worker_days where day >= @from::date and day < @to::date
            union all select format('%s tile %s %s %s', day, tile_column, tile_row, encode(body, 'hex')) from coverage_tiles where day >= @from::date and day < @to::date
            union all select format('%s day %s %s %s %s %s', day, workers, credited_ms, cells, visits, passes) from coverage_days where day >= @from::date and day < @to::date
            order by 1
            """,
            new { from = from.ToString("yyyy-MM-dd"), to = to.ToString("yyyy-MM-dd") }));
}

using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Exports;

/// <summary>How much is stored of some workers, without reading it.</summary>
internal sealed class ExportStore(NpgsqlDataSource dataSource)
{
    // By the indexes on (hour, worker); whole pieces are counted where the interval cuts one.
    private const string CountSql = """
        select coalesce(sum(fixes), 0)::bigint from track_parts
        where hour_ms = any(@hours) and worker_id = any(@workerIds) and last_ms >= @fromMs and first_ms < @toMs
        """;

    public async Task<long> CountAsync(int[] workerIds, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(
            CountSql, new { workerIds, hours = TrackPiece.HoursOf(fromMs, toMs), fromMs, toMs }, cancellationToken: cancellationToken));
    }
}

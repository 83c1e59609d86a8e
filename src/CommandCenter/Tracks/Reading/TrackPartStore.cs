using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Tracks.Reading;

/// <summary>Reads stored segments and pieces, each hour of a worker in one statement, so that what is being folded meanwhile is seen once.</summary>
public sealed class TrackPartStore(NpgsqlDataSource dataSource)
{
    private const int StatementSeconds = 60;

    private const string PartsSql = """
        select worker_id, hour_ms, first_ms, last_ms, fixes, body from track_parts
        where hour_ms = any(@hours) and worker_id = any(@workerIds) and last_ms >= @fromMs and first_ms < @toMs
        order by hour_ms, worker_id, first_ms
        """;

    private const string PlacesSql = """
        select worker_id, hour_ms, first_ms, last_ms, west, south, east, north from track_parts
        where hour_ms = any(@hours) and last_ms >= @fromMs and first_ms < @toMs
            and west <= @east and east >= @west and south <= @north and north >= @south
        """;

    /// <summary>Parts that may hold fixes in [from, to), by hour, worker and time. Streamed: the connection is held until the last is taken.</summary>
    /// <param name="workerIds">Ascending.</param>
    /// <param name="hours">Ascending.</param>
    /// <param name="fromMs">Inclusive.</param>
    /// <param name="toMs">Exclusive.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<TrackPart> PartsAsync(
        int[] workerIds, long[] hours, long fromMs, long toMs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartsSql);
        command.CommandTimeout = StatementSeconds;
        command.Parameters.Add(new NpgsqlParameter("hours", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = hours });
        command.Parameters.Add(new NpgsqlParameter("workerIds", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = workerIds });
        command.Parameters.Add(new NpgsqlParameter("fromMs", NpgsqlDbType.Bigint) { Value = fromMs });
        command.Parameters.Add(new NpgsqlParameter("toMs", NpgsqlDbType.Bigint) { Value = toMs });
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new TrackPart(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt32(4), rows.GetFieldValue<byte[]>(5));
        }
    }

    /// <summary>Places of the parts whose bounds meet the box, in any order.</summary>
    public async IAsyncEnumerable<TrackPlace> PlacesAsync(
        TrackPlace box, long[] hours, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PlacesSql);
        command.CommandTimeout = StatementSeconds;
        command.Parameters.Add(new NpgsqlParameter("hours", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = hours });
        command.Parameters.Add(new NpgsqlParameter("fromMs", NpgsqlDbType.Bigint) { Value = box.FirstMs });
        command.Parameters.Add(new NpgsqlParameter("toMs", NpgsqlDbType.Bigint) { Value = box.LastMs });
        command.Parameters.Add(new NpgsqlParameter("west", NpgsqlDbType.Integer) { Value = box.WestE7 });
        command.Parameters.Add(new NpgsqlParameter("south", NpgsqlDbType.Integer) { Value = box.SouthE7 });
        command.Parameters.Add(new NpgsqlParameter("east", NpgsqlDbType.Integer) { Value = box.EastE7 });
        command.Parameters.Add(new NpgsqlParameter("north", NpgsqlDbType.Integer) { Value = box.NorthE7 });
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new TrackPlace(
                rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt32(4), rows.GetInt32(5), rows.GetInt32(6), rows.GetInt32(7));
        }
    }
}

using Dapper;
using Npgsql;

namespace CommandCenter.Tracks.Exports;

/// <summary>What is stored of some workers: how much, without reading it, and the parts themselves, read one by one so that a damaged one costs no other.</summary>
internal sealed class ExportStore(NpgsqlDataSource dataSource)
{
    // By the indexes on (hour, worker); whole pieces are counted where the interval cuts one.
    private const string CountSql = """
        select coalesce(sum(fixes), 0)::bigint from track_parts
        where hour_ms = any(@hours) and worker_id = any(@workerIds) and last_ms >= @fromMs and first_ms < @toMs
        """;

    private const string ReadSql = """
        select hour_ms as HourMs, first_ms as FirstMs, last_ms as LastMs, fixes as Fixes, body as Body from track_parts
        where hour_ms = any(@hours) and worker_id = @workerId and last_ms >= @fromMs and first_ms < @toMs
        order by hour_ms, first_ms
        """;

    private const string DevicesSql = "select id, enrolled_at, revoked_at from devices where id = any(@ids) order by id";

    public async Task<IReadOnlyList<CaseDevice>> DevicesAsync(int[] ids, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Id, DateTime EnrolledAt, DateTime? RevokedAt)>(new CommandDefinition(DevicesSql, new { ids }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new CaseDevice(
            row.Id, new DateTimeOffset(row.EnrolledAt, TimeSpan.Zero), row.RevokedAt is { } revoked ? new DateTimeOffset(revoked, TimeSpan.Zero) : null))];
    }

    public async Task<long> CountAsync(int[] workerIds, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(
            CountSql, new { workerIds, hours = TrackPiece.HoursOf(fromMs, toMs), fromMs, toMs }, cancellationToken: cancellationToken));
    }

    /// <summary>Parts of one worker that touch [from, to).</summary>
    public async Task<IReadOnlyList<StoredPart>> ReadAsync(int workerId, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<StoredPart>(new CommandDefinition(
            ReadSql, new { workerId, hours = TrackPiece.HoursOf(fromMs, toMs), fromMs, toMs }, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>A piece or a segment as it is stored.</summary>
internal sealed record StoredPart(long HourMs, long FirstMs, long LastMs, int Fixes, byte[] Body);

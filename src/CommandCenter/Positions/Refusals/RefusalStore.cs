using Dapper;
using Npgsql;

namespace CommandCenter.Positions.Refusals;

/// <summary>Refusal counts and last contacts in PostgreSQL. Devices that are gone meanwhile are left out.</summary>
public sealed class RefusalStore(NpgsqlDataSource dataSource)
{
    private const string AddCounts = """
        insert into device_refusals as r (device_id, reason, count, last_at, last_detail)
        select n.device_id, n.reason, n.count, n.last_at, n.last_detail
        from unnest(@devices, @reasons, @counts, @times, @details) as n(device_id, reason, count, last_at, last_detail)
        join devices d on d.id = n.device_id
        order by n.device_id, n.reason
        on conflict (device_id, reason) do update set
            count = r.count + excluded.count,
            last_detail = case when excluded.last_at >= r.last_at then coalesce(excluded.last_detail, r.last_detail) else r.last_detail end,
            last_at = greatest(r.last_at, excluded.last_at)
        """;

    private const string SetContacts = """
        insert into device_contacts as c (device_id, last_at)
        select n.device_id, n.last_at
        from unnest(@devices, @times) as n(device_id, last_at)
        join devices d on d.id = n.device_id
        order by n.device_id
        on conflict (device_id) do update set last_at = excluded.last_at where c.last_at < excluded.last_at
        """;

    private const string List = """
        select reason, count, last_at as "LastAt", last_detail as "Detail" from device_refusals where device_id = @deviceId order by last_at desc, reason
        """;

    private const string LastContact = "select last_at from device_contacts where device_id = @deviceId";

    /// <summary>Adds a flush to what is stored, in one transaction.</summary>
    public async Task AddAsync(RefusalBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var counts = batch.Counts.ToArray();
        await connection.ExecuteAsync(new CommandDefinition(
            AddCounts,
            new
            {
                devices = Array.ConvertAll(counts, c => c.Key.DeviceId),
                reasons = Array.ConvertAll(counts, c => (short)c.Key.Reason),
                counts = Array.ConvertAll(counts, c => c.Value.Count),
                times = Array.ConvertAll(counts, c => Time(c.Value.LastAtMs)),
                details = Array.ConvertAll(counts, c => c.Value.Detail),
            },
            transaction,
            cancellationToken: cancellationToken));
        var heard = batch.LastHeardMs.ToArray();
        await connection.ExecuteAsync(new CommandDefinition(
            SetContacts,
            new { devices = Array.ConvertAll(heard, h => h.Key), times = Array.ConvertAll(heard, h => Time(h.Value)) },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>One row a reason, the newest first.</summary>
    public async Task<IReadOnlyList<StoredRefusal>> ListAsync(int deviceId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<StoredRefusal>(new CommandDefinition(List, new { deviceId }, cancellationToken: cancellationToken))];
    }

    public async Task<DateTime?> LastContactAsync(int deviceId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(LastContact, new { deviceId }, cancellationToken: cancellationToken));
    }

    private static DateTime Time(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;
}

/// <summary>A row of <c>device_refusals</c>; the time is UTC.</summary>
public sealed record StoredRefusal(short Reason, long Count, DateTime LastAt, string? Detail);

using CommandCenter.Contracts.Devices;
using Dapper;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>Devices as the roster's screens show them, straight from PostgreSQL.</summary>
public sealed class DeviceList(NpgsqlDataSource dataSource)
{
    // Counts and last contact are looked up for the devices on the page alone.
    private const string Select =
        """
        select d.id as Id, d.user_name as UserName, d.label as Label, w.code as Worker, w.name as WorkerName, w.home_area_id as HomeAreaId,
               d.worker_id as WorkerId, d.enrolled_at as EnrolledAt, d.revoked_at as RevokedAt,
               (select c.last_at from device_contacts c where c.device_id = d.id) as LastReportAt,
               (select coalesce(sum(r.count), 0)::bigint from device_refusals r where r.device_id = d.id) as Refusals
        from devices d
        join workers w on w.id = d.worker_id
        """;

    private const string SelectPage =
        $"""
        {Select}
        where d.id > @after and w.home_area_id = any(@areaIds) and (@workerId is null or d.worker_id = @workerId)
        order by d.id
        limit @limit
        """;

    /// <summary>By ascending id, above <paramref name="after"/>, of workers at home in the areas.</summary>
    public async Task<IReadOnlyList<DeviceListRow>> PageAsync(int[] areaIds, int? workerId, int after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DeviceListRow>(new CommandDefinition(
            SelectPage, new { areaIds, workerId, after, limit }, cancellationToken: cancellationToken))).AsList();
    }

    private const string SelectOne = $"{Select} where d.id = @id";

    public async Task<DeviceListRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<DeviceListRow>(new CommandDefinition(SelectOne, new { id }, cancellationToken: cancellationToken));
    }
}

/// <summary>A row of the list.</summary>
public sealed class DeviceListRow
{
    public int Id { get; init; }

    public string UserName { get; init; } = "";

    public string? Label { get; init; }

    public string Worker { get; init; } = "";

    public string WorkerName { get; init; } = "";

    public int WorkerId { get; init; }

    public int HomeAreaId { get; init; }

    public DateTime EnrolledAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    public DateTime? LastReportAt { get; init; }

    public long Refusals { get; init; }

    public DeviceInfo ToInfo() => new(
        Id,
        UserName,
        Label,
        Worker,
        WorkerName,
        new DateTimeOffset(EnrolledAt, TimeSpan.Zero),
        RevokedAt is { } revoked ? new DateTimeOffset(revoked, TimeSpan.Zero) : null,
        LastReportAt is { } heard ? new DateTimeOffset(heard, TimeSpan.Zero) : null,
        Refusals);
}

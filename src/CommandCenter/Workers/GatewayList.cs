using CommandCenter.Areas;
using CommandCenter.Contracts.Devices;
using Dapper;
using Npgsql;

namespace CommandCenter.Workers;

/// <summary>Gateways as the administrator's screen shows them, straight from PostgreSQL.</summary>
public sealed class GatewayList(NpgsqlDataSource dataSource)
{
    private const string Select =
        """
        select id as Id, name as Name, area_id as AreaId, user_name as UserName, created_at as CreatedAt, revoked_at as RevokedAt
        from gateways
        """;

    private const string SelectPage = $"{Select} where id > @after and area_id = any(@areaIds) order by id limit @limit";

    private const string SelectOne = $"{Select} where id = @id";

    /// <summary>By ascending id, above <paramref name="after"/>, of the areas.</summary>
    public async Task<IReadOnlyList<GatewayListRow>> PageAsync(int[] areaIds, int after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<GatewayListRow>(new CommandDefinition(
            SelectPage, new { areaIds, after, limit }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<GatewayListRow?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<GatewayListRow>(new CommandDefinition(SelectOne, new { id }, cancellationToken: cancellationToken));
    }
}

/// <summary>A row of the list.</summary>
public sealed class GatewayListRow
{
    public int Id { get; init; }

    public string Name { get; init; } = "";

    public int AreaId { get; init; }

    public string UserName { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    public GatewayInfo ToInfo(AreaTree tree) => new(
        Id,
        Name,
        tree.Find(AreaId)?.Area.Code ?? "",
        UserName,
        new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        RevokedAt is { } revoked ? new DateTimeOffset(revoked, TimeSpan.Zero) : null);
}

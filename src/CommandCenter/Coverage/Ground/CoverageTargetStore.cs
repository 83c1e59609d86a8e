using CommandCenter.Storage;
using Dapper;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>An area's own target: after how many days without a visit a square is blind.</summary>
public sealed record CoverageTarget(int AreaId, int Days, string SetBy, DateTimeOffset SetAt);

/// <summary>Targets in PostgreSQL.</summary>
public sealed class CoverageTargetStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string SelectAll = "select area_id as AreaId, days as Days, set_by as SetBy, set_at as SetAt from coverage_targets order by area_id";

    public async Task<IReadOnlyList<CoverageTarget>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<(int AreaId, int Days, string SetBy, DateTime SetAt)>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken)))
            .Select(row => new CoverageTarget(row.AreaId, row.Days, row.SetBy, row.SetAt))];
    }

    private const string Upsert =
        """
        insert into coverage_targets (area_id, days, set_by, set_at) values (@areaId, @days, @by, @now)
        on conflict (area_id) do update set days = @days, set_by = @by, set_at = @now
        """;

    private const string Delete = "delete from coverage_targets where area_id = @areaId";

    /// <summary>Within the caller's transaction; null days: inherited again.</summary>
    public async Task SetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int areaId, int? days, string by, CancellationToken cancellationToken)
    {
        await ChangeFeed.BumpAsync(connection, transaction, GroundLoading.Feed, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            days is null ? Delete : Upsert, new { areaId, days, by, now = time.GetUtcNow() }, transaction, cancellationToken: cancellationToken));
    }
}

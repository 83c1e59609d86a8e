using CommandCenter.Geo;
using Dapper;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>Areas' polygons as they were drawn then.</summary>
public sealed class GroundPastStore(NpgsqlDataSource dataSource)
{
    private const string SelectMoments = "select distinct valid_from from area_versions order by valid_from";

    /// <summary>When any polygon changed.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> MomentsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<DateTime>(new CommandDefinition(SelectMoments, cancellationToken: cancellationToken))).Select(at => new DateTimeOffset(at))];
    }

    // The newest that had begun; before an area was drawn at all, its first drawing.
    private const string SelectThen =
        """
        select distinct on (area_id) area_id, geometry
        from area_versions
        order by area_id, (valid_from < @until) desc, case when valid_from < @until then valid_from end desc, valid_from
        """;

    /// <summary>By area, before a moment.</summary>
    public async Task<Dictionary<int, Geometry>> PolygonsAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int AreaId, byte[] Geometry)>(new CommandDefinition(SelectThen, new { until = until.UtcDateTime }, cancellationToken: cancellationToken));
        var reader = new WKBReader();
        return rows.ToDictionary(row => row.AreaId, row => Wgs84.Factory.CreateGeometry(reader.Read(row.Geometry)));
    }
}

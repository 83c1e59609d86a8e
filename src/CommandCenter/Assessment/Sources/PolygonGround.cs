using CommandCenter.Areas;
using CommandCenter.Coverage;
using CommandCenter.Geo;
using Dapper;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CommandCenter.Assessment.Sources;

/// <summary>Squares straight from the areas' polygons.</summary>
internal sealed class PolygonGround(NpgsqlDataSource dataSource) : IAssessedGround
{
    public async Task<GroundOfDay> ReadAsync(AreaTree tree, DateOnly day, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var targets = (await connection.QueryAsync<(int Area, int Days)>("select area_id, days from coverage_targets")).ToDictionary(row => row.Area, row => row.Days);
        var bounds = new Envelope();
        foreach (var node in tree.Nodes)
        {
            bounds.ExpandToInclude(node.Area.Geometry?.EnvelopeInternal ?? new Envelope());
        }

        var plane = bounds.IsNull ? null : GaussKruger.ZoneOf(bounds.Centre.X);
        var known = new Dictionary<int, GroundArea>();
        return new GroundOfDay(plane, GroundOf, id => TargetOf(tree.Find(id)));

        GroundArea GroundOf(int id) => known.TryGetValue(id, out var ground) ? ground
            : known[id] = plane is not null && tree.Find(id)?.Area.Geometry is { IsEmpty: false } shape ? new GroundArea(CellRaster.Of(shape, plane)) : GroundArea.Empty;

        int TargetOf(AreaNode? node) => node is null ? 7 : targets.TryGetValue(node.Area.Id, out var days) ? days : TargetOf(node.Parent);
    }
}

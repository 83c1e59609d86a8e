using CommandCenter.Geo;
using CommandCenter.Storage;
using Dapper;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Coverage.Ground;

/// <summary>Masks in PostgreSQL, with those that are no longer in force: yesterday is judged by yesterday's.</summary>
public sealed class CoverageMaskStore(NpgsqlDataSource dataSource)
{
    private const string SelectAll =
        "select code as Code, name as Name, kind as Kind, geometry as Geometry, valid_from as ValidFrom, valid_to as ValidTo, added_by as AddedBy from coverage_masks order by code, valid_from";

    public async Task<IReadOnlyList<CoverageMask>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken));
        var reader = new WKBReader();
        return [.. rows.Select(row => new CoverageMask(
            row.Code, row.Name, CoverageMask.Kinds[row.Kind], Wgs84.Factory.CreateGeometry(reader.Read(row.Geometry)), row.ValidFrom, row.ValidTo, row.AddedBy))];
    }

    // A clock that went back must not end a mask before it began.
    private const string End =
        "update coverage_masks set valid_to = greatest(@now, valid_from + interval '1 millisecond') where valid_to is null and code = any(@codes)";

    private const string Insert =
        """
        insert into coverage_masks (code, name, kind, geometry, valid_from, added_by)
        select m.code, m.name, m.kind, m.geometry, greatest(@now, (select max(b.valid_to) from coverage_masks b where b.code = m.code)), @by
        from unnest(@codes, @names, @kinds, @geometries) as m (code, name, kind, geometry)
        """;

    /// <summary>Within the caller's transaction: each ends what had its code. Nodes hear of it once that commits.</summary>
    public static async Task PutAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MaskDraft> masks, DateTimeOffset now, string by, CancellationToken cancellationToken)
    {
        await EndAsync(connection, transaction, [.. masks.Select(mask => mask.Code)], now, cancellationToken);
        var writer = new WKBWriter();
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                now,
                by,
                codes = masks.Select(mask => mask.Code).ToArray(),
                names = masks.Select(mask => mask.Name).ToArray(),
                kinds = masks.Select(mask => CoverageMask.NameOf(mask.Kind)).ToArray(),
                geometries = masks.Select(mask => writer.Write(mask.Geometry)).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    /// <summary>Within the caller's transaction; how many ended.</summary>
    public static async Task<int> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string[] codes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ChangeFeed.BumpAsync(connection, transaction, GroundLoading.Feed, cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(End, new { now, codes }, transaction, cancellationToken: cancellationToken));
    }

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public byte[] Geometry { get; init; } = [];

        public DateTime ValidFrom { get; init; }

        public DateTime? ValidTo { get; init; }

        public string AddedBy { get; init; } = "";
    }
}

using CommandCenter.Contracts.Areas;
using CommandCenter.Geo;
using CommandCenter.Storage;
using Dapper;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Areas;

/// <summary>An area that is not stored yet; its parent by id.</summary>
public sealed record AreaDraft(string Code, string Name, string? NameEn, AreaKind Kind, GridType? GridType, int? ParentId, Geometry? Geometry);

/// <summary>Areas and the versions of their polygons in PostgreSQL.</summary>
public sealed class AreaStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The name under which <see cref="ChangeFeed"/> announces changes.</summary>
    public const string Feed = "areas";

    private const string SelectAll =
        """
        select a.id as Id, a.code as Code, a.name as Name, a.name_en as NameEn, a.kind as Kind, a.grid_type as GridType,
               a.parent_id as ParentId, v.geometry as Geometry
        from areas a
        left join area_versions v on v.area_id = a.id and v.valid_to is null
        order by a.id
        """;

    public async Task<List<Area>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken));
        var reader = new WKBReader();
        return rows.Select(r => new Area(
            r.Id,
            r.Code,
            r.Name,
            r.NameEn,
            (AreaKind)r.Kind,
            r.GridType is { } type ? (GridType)type : null,
            r.ParentId,
            r.Geometry is null ? null : Wgs84.Factory.CreateGeometry(reader.Read(r.Geometry)))).ToList();
    }

    private const string InsertArea =
        """
        insert into areas (code, parent_id, kind, grid_type, name, name_en, created_at)
        values (@Code, @ParentId, @Kind, @GridType, @Name, @NameEn, @now)
        on conflict (code) do nothing
        returning id
        """;

    private const string InsertVersion =
        "insert into area_versions (area_id, valid_from, geometry) values (@id, @now, @wkb)";

    /// <summary>Within the caller's transaction; null when the code is taken. The caller bumps <see cref="Feed"/>.</summary>
    public async Task<int?> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, AreaDraft draft, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            InsertArea,
            new { draft.Code, draft.ParentId, Kind = (short)draft.Kind, GridType = (short?)draft.GridType, draft.Name, draft.NameEn, now },
            transaction,
            cancellationToken: cancellationToken));
        if (id is not null && draft.Geometry is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                InsertVersion, new { id, now, wkb = new WKBWriter().Write(draft.Geometry) }, transaction, cancellationToken: cancellationToken));
        }

        return id;
    }

    /// <summary>Null when the code is taken.</summary>
    public async Task<int?> AddAsync(AreaDraft draft, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        var id = await InsertAsync(connection, transaction, draft, cancellationToken);
        if (id is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return id;
    }

    private const string UpdateNames = "update areas set name = @name, name_en = @nameEn where id = @id";

    public async Task RenameAsync(int id, string name, string? nameEn, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(UpdateNames, new { id, name, nameEn }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed class Row
    {
        public int Id { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? NameEn { get; init; }

        public short Kind { get; init; }

        public short? GridType { get; init; }

        public int? ParentId { get; init; }

        public byte[]? Geometry { get; init; }
    }
}

using Dapper;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Import;

/// <summary>Writes planned areas within the caller's transaction, in a few statements however many they are.</summary>
internal sealed class AreaImportStore(TimeProvider time)
{
    private const int StatementSeconds = 300;

    private const string Insert =
        """
        insert into areas (code, parent_id, kind, grid_type, name, name_en, created_at)
        select f.code, p.id, f.kind, f.grid_type, f.name, f.name_en, @now
        from unnest(@codes, @parents, @kinds, @gridTypes, @names, @namesEn) with ordinality as f (code, parent, kind, grid_type, name, name_en, n)
        join areas p on p.code = f.parent
        order by f.n
        """;

    private const string Update =
        """
        update areas a
        set parent_id = coalesce(p.id, a.parent_id), kind = f.kind, grid_type = f.grid_type, name = f.name, name_en = f.name_en
        from unnest(@codes, @parents, @kinds, @gridTypes, @names, @namesEn) as f (code, parent, kind, grid_type, name, name_en)
        left join areas p on p.code = f.parent
        where a.code = f.code
        """;

    /// <summary>Parents before their children, as the plan has them.</summary>
    public async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PlannedArea> writes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // A level at a time: the next one finds its parents stored.
        foreach (var level in writes.Where(area => area.Stored is null).GroupBy(area => area.Kind))
        {
            await ExecuteAsync(Insert, [.. level]);
        }

        await ExecuteAsync(Update, [.. writes.Where(area => area.Fields.Any(field => field != "geometry"))]);
        await RedrawAsync(
            connection,
            transaction,
            [.. writes.Where(area => area.Geometry is not null && (area.Stored is null || area.Fields.Contains("geometry")))],
            now,
            cancellationToken);

        async Task ExecuteAsync(string statement, List<PlannedArea> areas)
        {
            if (areas.Count == 0)
            {
                return;
            }

            var written = await connection.ExecuteAsync(new CommandDefinition(
                statement,
                new
                {
                    now,
                    codes = areas.Select(area => area.Code).ToArray(),
                    parents = areas.Select(area => area.Parent).ToArray(),
                    kinds = areas.Select(area => (short)area.Kind!.Value).ToArray(),
                    gridTypes = areas.Select(area => (short?)area.GridType).ToArray(),
                    names = areas.Select(area => area.Name).ToArray(),
                    namesEn = areas.Select(area => area.NameEn).ToArray(),
                },
                transaction,
                StatementSeconds,
                cancellationToken: cancellationToken));
            if (written != areas.Count)
            {
                throw new InvalidOperationException($"{written} of {areas.Count} areas were written: the plan does not fit what is stored.");
            }
        }
    }

    // A clock that went back must not end a version before it began.
    private const string Close =
        """
        update area_versions v
        set valid_to = greatest(@now, v.valid_from + interval '1 millisecond')
        from areas a
        where a.id = v.area_id and v.valid_to is null and a.code = any(@codes)
        """;

    private const string Open =
        """
        insert into area_versions (area_id, valid_from, geometry)
        select a.id, greatest(@now, (select max(v.valid_to) from area_versions v where v.area_id = a.id)), f.geometry
        from unnest(@codes, @shapes) as f (code, geometry)
        join areas a on a.code = f.code
        """;

    private static async Task RedrawAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<PlannedArea> areas, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (areas.Count == 0)
        {
            return;
        }

        var codes = areas.Select(area => area.Code).ToArray();
        var writer = new WKBWriter();
        var shapes = areas.Select(area => writer.Write(area.Geometry)).ToArray();
        await connection.ExecuteAsync(new CommandDefinition(Close, new { now, codes }, transaction, StatementSeconds, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(Open, new { now, codes, shapes }, transaction, StatementSeconds, cancellationToken: cancellationToken));
    }
}

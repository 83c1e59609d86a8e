using CommandCenter.Geo;
using CommandCenter.Storage;
using Dapper;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace CommandCenter.Streets;

/// <summary>Streets in PostgreSQL.</summary>
public sealed class StreetStore(NpgsqlDataSource dataSource)
{
    /// <summary>The name under which <see cref="ChangeFeed"/> announces changes.</summary>
    public const string Feed = "streets";

    private const int RowsATime = 5_000;

    private const string SelectAll = "select class as Class, name as Name, name_en as NameEn, line as Line from streets order by id";

    private const string DeleteAll = "delete from streets";

    private const string Insert = """
        insert into streets (class, name, name_en, line)
        select s.class, s.name, s.name_en, s.line from unnest(@classes, @names, @namesEn, @lines) with ordinality as s (class, name, name_en, line, n) order by s.n
        """;

    public async Task<IReadOnlyList<Street>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var reader = new WKBReader();
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(SelectAll, cancellationToken: cancellationToken)))
            .Select(row => new Street((StreetClass)row.Class, row.Name, row.NameEn, reader.Read(row.Line).Coordinates))];
    }

    /// <summary>Within the caller's transaction; nodes hear of it once that commits.</summary>
    public static async Task ReplaceAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Street> streets, CancellationToken cancellationToken)
    {
        await ChangeFeed.BumpAsync(connection, transaction, Feed, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(DeleteAll, transaction: transaction, cancellationToken: cancellationToken));
        var writer = new WKBWriter();
        foreach (var some in streets.Chunk(RowsATime))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                Insert,
                new
                {
                    classes = some.Select(street => (short)street.Class).ToArray(),
                    names = some.Select(street => street.Name).ToArray(),
                    namesEn = some.Select(street => street.NameEn).ToArray(),
                    lines = some.Select(street => writer.Write(Wgs84.Factory.CreateLineString([.. street.Line]))).ToArray(),
                },
                transaction,
                cancellationToken: cancellationToken));
        }
    }

    private sealed class Row
    {
        public short Class { get; init; }

        public string? Name { get; init; }

        public string? NameEn { get; init; }

        public byte[] Line { get; init; } = [];
    }
}

using CommandCenter.Coverage;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.OracleTests.Postgis;

/// <summary>A place at a moment that cleaning kept; 1e-7 degrees, ms since 1970 UTC.</summary>
internal readonly record struct KeptFix(int Track, long Ms, int LongitudeE7, int LatitudeE7);

/// <summary>What a track earned in a square, as PostGIS has it.</summary>
internal sealed record PostgisCell(int Track, CoverageCell Cell, double DwellMs, int Visits, int Passes);

/// <summary>
/// docs/coverage.md once more, as SQL: projected by PROJ, lines cut by GEOS, time shared by length, visits as islands of stays. It shares no code with the rules that it checks, but for
/// what it is given: the fixes that cleaning kept.
/// </summary>
internal sealed class PostgisCoverage(NpgsqlDataSource source)
{
    private const string TableSql = """
        drop table if exists kept;
        create table kept (track int not null, at bigint not null, longitude int not null, latitude int not null)
        """;

    private const string CoverageSql = """
        with places as (
          select track, at, st_transform(st_setsrid(st_makepoint(longitude / 1e7, latitude / 1e7), 4490), $1) as place from kept),
        steps as (
          select track, lag(at) over walk as since, at as till, lag(place) over walk as a, place as b
          from places window walk as (partition by track order by at)),
        ways as materialized (
          select track, since, till, till - since as ms, a, st_makeline(a, b) as way, st_distance(a, b) as meters
          from steps where till - since <= $2 and st_distance(a, b) <= $3 * (till - since) / 1000),
        parts as materialized (
          select track, square.i, square.j, ms * st_length(part) / meters as dwell,
            since + round(ms * least(st_linelocatepoint(way, st_startpoint(part)), st_linelocatepoint(way, st_endpoint(part)))) as began,
            since + round(ms * greatest(st_linelocatepoint(way, st_startpoint(part)), st_linelocatepoint(way, st_endpoint(part)))) as ended
          from ways, st_squaregrid(25, way) as square, st_intersection(way, square.geom) as part
          where meters > 0 and st_length(part) > 0
          union all
          select track, floor(st_x(a) / 25)::int, floor(st_y(a) / 25)::int, ms, since, till from ways where meters = 0),
        apart as (
          select track, i, j, began, ended, coalesce(began > lag(ended) over visit, true)::int as anew
          from parts where ended > began window visit as (partition by track, i, j order by began, ended)),
        numbered as (
          select *, sum(anew) over (partition by track, i, j order by began, ended) as stay from apart),
        stays as (
          select track, i, j, min(began) as began, max(ended) as ended from numbered group by track, i, j, stay),
        away as (
          select *, coalesce(began - lag(ended) over visit >= $5, true)::int as anew from stays window visit as (partition by track, i, j order by began)),
        islands as materialized (
          select *, sum(anew) over (partition by track, i, j order by began) as island from away),
        windows as (
          select track, i, j, island,
            sum(least(other.ended, one.began + $5) - other.began) filter (where other.began >= one.began and other.began < one.began + $5) as after,
            sum(other.ended - greatest(other.began, one.ended - $5)) filter (where other.began <= one.began and other.ended > one.ended - $5) as before
          from islands one join islands other using (track, i, j, island)
          group by track, i, j, island, one.began, one.ended),
        judged as (
          select track, i, j, island, max(greatest(after, before)) >= $4 as visit from windows group by track, i, j, island),
        counted as (
          select track, i, j, count(*) filter (where visit) as visits, count(*) filter (where not visit) as passes from judged group by track, i, j),
        dwelt as (
          select track, i, j, sum(dwell) as dwell from parts group by track, i, j)
        select track, i, j, dwell, visits::int, passes::int from dwelt join counted using (track, i, j)
        """;

    public async Task LoadAsync(IEnumerable<KeptFix> fixes)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var table = new NpgsqlCommand(TableSql, connection))
        {
            await table.ExecuteNonQueryAsync();
        }

        await using (var import = await connection.BeginBinaryImportAsync("copy kept from stdin (format binary)"))
        {
            foreach (var fix in fixes)
            {
                await import.StartRowAsync();
                await import.WriteAsync(fix.Track, NpgsqlDbType.Integer);
                await import.WriteAsync(fix.Ms, NpgsqlDbType.Bigint);
                await import.WriteAsync(fix.LongitudeE7, NpgsqlDbType.Integer);
                await import.WriteAsync(fix.LatitudeE7, NpgsqlDbType.Integer);
            }

            await import.CompleteAsync();
        }

        await using var analyze = new NpgsqlCommand("analyze kept", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    /// <param name="epsg">Of the plane.</param>
    /// <param name="options">As the rules have them.</param>
    public async Task<List<PostgisCell>> ReadAsync(int epsg, CoverageOptions options)
    {
        await using var command = source.CreateCommand(CoverageSql);
        command.Parameters.Add(new() { Value = epsg });
        command.Parameters.Add(new() { Value = options.JoinSeconds * 1_000L });
        command.Parameters.Add(new() { Value = options.PatrolMps });
        command.Parameters.Add(new() { Value = options.VisitSeconds * 1_000.0 });
        command.Parameters.Add(new() { Value = options.VisitWithinMinutes * 60_000.0 });
        var cells = new List<PostgisCell>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var cell = new CoverageCell(reader.GetInt32(1), reader.GetInt32(2));
            cells.Add(new PostgisCell(reader.GetInt32(0), cell, reader.GetDouble(3), reader.GetInt32(4), reader.GetInt32(5)));
        }

        return cells;
    }
}

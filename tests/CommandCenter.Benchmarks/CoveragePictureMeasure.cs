using System.Diagnostics;
using System.IO.Compression;
using CommandCenter.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Answers;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Store;
using CommandCenter.Demo;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks;

/// <summary>
/// A picture of the whole demo district over a week, as the server makes it of what PostgreSQL has, with nothing kept in memory and with days kept decoded; and its bytes. Three of
/// five squares have somebody each day, seven of ten of them a visit, all by chance, so that nothing is easy to compress. <c>dotnet run -c Release -- coverage-picture</c>; a minute.
/// </summary>
internal static class CoveragePictureMeasure
{
    private const int Runs = 5;
    private const int Days = 70;
    private static readonly DateOnly Last = new(2026, 11, 22);

    public static async Task PrintAsync()
    {
        using var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-bench-").FullName, demo: false, demoByDefault: false);
        try
        {
            await PrintAsync(folder);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static async Task PrintAsync(DataFolder folder)
    {
        await using var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: false, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(backends.Postgres!);
        await new SchemaMigrations(source, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
        var (areas, center, rules) = (Tree(), Options.Create(new CenterOptions()), new GroundDirectory());
        using var ground = new CoverageGround(areas, rules, new GroundPastStore(source), new CenterPlane(areas), center);
        var clock = Stopwatch.StartNew();
        var district = areas.Current.Nodes[0];
        var plan = await ground.OnAsync(Last, default);
        var squares = plan.SquaresOf(district);
        Console.WriteLine(FormattableString.Invariant($"ground: {squares.Count} squares in {squares.Tiles.Count} tiles, reckoned in {clock.ElapsedMilliseconds} ms once"));
        var store = new CoverageStore(source, center);
        var bytes = await FillAsync(source, squares, store);
        Console.WriteLine(FormattableString.Invariant($"{bytes / Days / 1024} KB a stored day"));
        Console.WriteLine("measure   cold: ms  best  days kept: ms  best  writing it: ms     bytes  brotli, as the server  gzip, as the server");
        foreach (var measure in Enum.GetValues<CoverageMeasure>())
        {
            var (cold, kept, writing, body) = (new List<double>(), new List<double>(), new List<double>(), Array.Empty<byte>());
            for (var run = -1; run < Runs; run++)
            {
                using var tiles = new TileDays(store, Options.Create(new CoverageOptions()));
                using var desk = new CoverageDesk(store, ground, rules, tiles, Options.Create(new CoverageOptions()));
                var (first, _, _) = await AskAsync(desk, district, measure);
                var (second, encoding, packed) = await AskAsync(desk, district, measure);
                body = packed;
                if (run >= 0)
                {
                    cold.Add(first);
                    kept.Add(second);
                    writing.Add(encoding);
                }
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{measure,-8} {Median(cold),9:F0} {cold.Min(),5:F0} {Median(kept),14:F0} {kept.Min(),5:F0} {Median(writing),15:F0} {body.Length,9} {Squeezed(body, to => new BrotliStream(to, CompressionLevel.Fastest)),22} {Squeezed(body, to => new GZipStream(to, CompressionLevel.Fastest)),19}"));
        }
    }

    /// <summary>All that a request does but its way through the framework.</summary>
    private static async Task<(double Milliseconds, double Encoding, byte[] Bytes)> AskAsync(CoverageDesk desk, AreaNode area, CoverageMeasure measure)
    {
        var begun = Stopwatch.GetTimestamp();
        var days = await desk.DaysAsync(new CoverageWindow(Last.AddDays(-6), Last.AddDays(1), Last), default);
        var picture = await desk.PictureAsync(days, area, measure, 25, default);
        var encoding = Stopwatch.GetTimestamp();
        var bytes = PackedPicture.Encode(picture, days.Plan.Plane);
        return (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, Stopwatch.GetElapsedTime(encoding).TotalMilliseconds, bytes);
    }

    private static AreaDirectory Tree()
    {
        var district = DemoDistrict.Generate(DemoPlan.Yingze(DemoSize.District));
        var ids = district.Areas.Select((area, n) => (area.Code, Id: n + 1)).ToDictionary(one => one.Code, one => one.Id);
        var areas = new AreaDirectory();
        areas.Replace([.. district.Areas.Select(area => new Area(ids[area.Code], area.Code, area.Name, null, area.Kind, area.GridType, area.Parent is null ? null : ids[area.Parent], area.Outline))]);
        return areas;
    }

    private static async Task<long> FillAsync(NpgsqlDataSource source, AreaSquares area, CoverageStore store)
    {
        await using var connection = await source.OpenConnectionAsync();
        var bytes = 0L;
        for (var ago = 0; ago < Days; ago++)
        {
            var (day, random) = (Last.AddDays(-ago), new Random(ago));
            await connection.ExecuteAsync(
                "insert into coverage_days (day, version, reckoned_at, input, workers, credited_ms, cells, visits, passes) values (date '0001-01-01' + @day, 1, now(), 1, 1, 1, 1, 1, 1)", new { day = day.DayNumber });
            await using var copy = await connection.BeginBinaryImportAsync("copy coverage_tiles (day, tile_column, tile_row, body) from stdin (format binary)");
            foreach (var tile in area.Tiles)
            {
                var body = Walked(tile, store.BeginOf(day), random);
                bytes += body.Length;
                await copy.StartRowAsync();
                await copy.WriteAsync(day, NpgsqlDbType.Date);
                await copy.WriteAsync(tile.Ground.At.Column, NpgsqlDbType.Integer);
                await copy.WriteAsync(tile.Ground.At.Row, NpgsqlDbType.Integer);
                await copy.WriteAsync(body, NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        await connection.ExecuteAsync("vacuum analyze");
        return bytes;
    }

    private static byte[] Walked(AreaTileSquares tile, long dayMs, Random random) => CoverageCodec.Encode(
        tile.Ground.At,
        [.. Enumerable.Range(0, CoverageTile.Side * CoverageTile.Side)
            .Where(place => (tile.Patrolled[place >> CoverageTile.Bits] >> (place & (CoverageTile.Side - 1)) & 1) == 1 && random.Next(5) < 3)
            .Select(place => new CellTotal(
                tile.Ground.At.CellAt(place),
                (long)(2_000 * Math.Exp(4 * random.NextDouble())),
                random.Next(10) < 7 ? random.Next(1, 4) : 0,
                random.Next(3),
                random.Next(1, 4),
                dayMs + random.Next(86_400_000)))],
        dayMs);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static long Squeezed(byte[] bytes, Func<Stream, Stream> by)
    {
        using var to = new MemoryStream();
        using (var squeeze = by(to))
        {
            squeeze.Write(bytes);
        }

        return to.ToArray().Length;
    }
}

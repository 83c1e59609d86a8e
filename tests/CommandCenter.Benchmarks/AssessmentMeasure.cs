using System.Diagnostics;
using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Sources;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.Jobs;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks;

/// <summary>
/// A district's month reckoned and frozen, evidence included: 3,605 workers in 900 grids who were on duty each day, with what each day earned, on a PostgreSQL of its own.
/// <c>dotnet run -c Release -- assessment</c>; about two minutes, most of them to lay down the month.
/// </summary>
internal static class AssessmentMeasure
{
    private const int Workers = 3_605;
    private const int Side = 30;
    private const int Grids = Side * Side;
    private const int FirstGrid = 100;
    private const int SquaresADay = 300;
    private const double Degrees = 0.0033;
    private const double West = 112.5;
    private const double South = 37.8;

    private static readonly DateOnly Month = new(2026, 10, 1);

    public static async Task PrintAsync()
    {
        using var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-bench-").FullName, demo: false, demoByDefault: false);
        await using var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: false, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(backends.Postgres!);
        await new SchemaMigrations(source, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
        var (areas, center) = (Tree(), Options.Create(new CenterOptions()));
        using var ground = new CoverageGround(areas, new GroundDirectory(), new GroundPastStore(source), new CenterPlane(areas), center);
        var clock = new Stopwatch();
        clock.Start();
        await FillAsync(source, await ground.OnAsync(Month, default), center.Value);
        Console.WriteLine(FormattableString.Invariant($"laid down in {clock.Elapsed.TotalSeconds:F0} s"));

        var time = new November();
        var sources = new SourceReader(new SourceStore(source), new CoverageGroundOfDay(ground, new GroundDirectory()), areas, center, Options.Create(new AssessmentOptions()), time);
        var reckoner = new PeriodReckoner(
            new ScoreStream(sources, source),
            new SnapshotSigner(Options.Create(new StorageOptions { DataFolder = folder.Path })),
            new PolicyBook(new PolicyStore(source, new AuditStore(source, null!, time))),
            new SourceKeeping(source, Options.Create(new TrackKeepingOptions())),
            new PendingAppeals(),
            source,
            center,
            time);
        foreach (var (what, kind) in new[] { ("month, closed", PeriodKind.Month), ("the same again", PeriodKind.Month), ("quarter of it", PeriodKind.Quarter) })
        {
            clock.Restart();
            var (outcome, scores) = await reckoner.ReckonAsync(PeriodRules.Of(kind, Month), default);
            Console.WriteLine(FormattableString.Invariant($"{what,-16} {clock.Elapsed.TotalSeconds,6:F2} s   {outcome}, {scores} scores"));
        }

        await using var connection = await source.OpenConnectionAsync();
        var (body, evidence) = await connection.QuerySingleAsync<(long, long)>("select sum(octet_length(body)), sum(octet_length(evidence)) from assessment_scores");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant($"texts {body >> 20} MB, evidence {evidence >> 20} MB, process at most {process.PeakWorkingSet64 >> 20} MB"));
    }

    private static AreaDirectory Tree()
    {
        var factory = new GeometryFactory();
        var all = new List<Area> { new(1, "D", "D", null, AreaKind.District, null, null, factory.ToGeometry(new Envelope(West, West + (Side * Degrees), South, South + (Side * Degrees)))) };
        all.AddRange(Enumerable.Range(0, 6).Select(n => new Area(2 + n, $"S{n}", $"S{n}", null, AreaKind.Subdistrict, null, 1, null)));
        all.AddRange(Enumerable.Range(0, Side).Select(n => new Area(10 + n, $"C{n:00}", $"C{n}", null, AreaKind.Community, null, 2 + (n / 5), null)));
        all.AddRange(Enumerable.Range(0, Grids).Select(n =>
        {
            var (west, south) = (West + (n % Side * Degrees), South + (n / Side * Degrees));
            return new Area(
                FirstGrid + n, $"G{n:000}", $"G{n}", null, AreaKind.Grid, GridType.Ordinary, 10 + (n / Side), factory.ToGeometry(new Envelope(west, west + Degrees, south, south + Degrees)));
        }));
        var areas = new AreaDirectory();
        areas.Replace(all);
        return areas;
    }

    private static async Task FillAsync(NpgsqlDataSource source, GroundPlan plan, CenterOptions center)
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into areas (id, code, kind, name, created_at) overriding system value select n, 'A' || n, 2, 'x', '2020-01-01' from generate_series(1, 1100) n;
            insert into workers (id, code, name, role, home_area_id, created_at, changed_version) overriding system value
                select n, 'W' || n, 'x', 1, @FirstGrid + n % @Grids, '2020-01-01', 1 from generate_series(1, @Workers) n;
            insert into duty_periods (worker_id, started_at, ended_at)
                select w, d, d + interval '8 hours' from generate_series(1, @Workers) w, generate_series(timestamptz '2026-10-01 00:00Z', timestamptz '2026-10-31 00:00Z', interval '1 day') d;
            insert into track_days (worker_id, day, marks, fixes, length_meters, moving_seconds, stopped_seconds)
                select w, d::date, 1, 5000, 8000, 14000, 9000 from generate_series(1, @Workers) w, generate_series(date '2026-10-01', date '2026-10-31', interval '1 day') d;
            insert into alarms (id, source, kind, priority, state, home_area_id, occurred_ms, arrived_ms, late, off_duty, exercise, level, repeats, acknowledged_ms, reopened, clock_ms, version, entries, head)
                select gen_random_uuid(), 'x', 'sos', 1, 'closed', @FirstGrid + n % @Grids, m, m, false, false, false, 0, 0, m + n % 90000, 0, m, 1, 0, ''
                from (select n, 1790784000000 + n * 500000::bigint as m from generate_series(1, 5000) n) a;
            insert into assignments (id, team, alarm_id, worker_id, area_id, state, account_id, sent_by, sent_at, changed_at, steps)
                select id, id, id, 1 + (arrived_ms / 500000 * 7) % @Workers, 100, 6, 1, 'x', to_timestamp(arrived_ms / 1000), to_timestamp(arrived_ms / 1000), 3 from alarms;
            insert into assignment_steps (assignment_id, number, state, at, implied, told)
                select id, s, s, sent_at + make_interval(secs => s * 120), false, true from assignments, (values (2), (4), (6)) as v (s)
            """,
            new { FirstGrid, Grids, Workers },
            commandTimeout: 300);
        for (var day = Month; day < Month.AddMonths(1); day = day.AddDays(1))
        {
            await FillAsync(connection, plan, day, JobWindow.StartOf(day, center).ToUnixTimeMilliseconds());
        }

        await connection.ExecuteAsync("vacuum analyze", commandTimeout: 300);
    }

    /// <summary>Whoever is at home in a grid walks the same squares there, other ones each day, and some outside.</summary>
    private static async Task FillAsync(NpgsqlConnection connection, GroundPlan plan, DateOnly day, long dayMs)
    {
        var random = new Random(day.DayNumber);
        var bodies = new byte[Grids][];
        var all = new Dictionary<CoverageCell, CellTotal>();
        for (var grid = 0; grid < Grids; grid++)
        {
            var spans = plan.SpansOf(FirstGrid + grid);
            var cells = spans.SelectMany(span => Enumerable.Range(span.FirstColumn - 4, span.Count + 8).Select(column => new CoverageCell(column, span.Row)))
                .Where(_ => random.Next(3) > 0).Take(SquaresADay).OrderBy(cell => cell).Select(cell => new CellDay(cell, 45_000, 1, 1, dayMs + 40_000_000)).ToList();
            bodies[grid] = CoverageCodec.Encode(cells, dayMs);
            foreach (var cell in cells)
            {
                all[cell.Cell] = new CellTotal(cell.Cell, 180_000, 4, 4, 4, cell.LastMs);
            }
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy coverage_worker_days (day, worker_id, input, credited_ms, cells, body) from stdin (format binary)"))
        {
            for (var worker = 1; worker <= Workers; worker++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(day, NpgsqlDbType.Date);
                await copy.WriteAsync(worker, NpgsqlDbType.Integer);
                await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(random.Next(10_000_000) * 1L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(SquaresADay, NpgsqlDbType.Integer);
                await copy.WriteAsync(bodies[worker % Grids], NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        foreach (var tile in all.Values.GroupBy(cell => CoverageTile.Of(cell.Cell)))
        {
            var body = CoverageCodec.Encode(tile.Key, [.. tile.OrderBy(cell => CoverageTile.PlaceOf(cell.Cell))], dayMs);
            await connection.ExecuteAsync("insert into coverage_tiles (day, tile_column, tile_row, body) values (@day, @Column, @Row, @body)", new { day, tile.Key.Column, tile.Key.Row, body });
        }
    }

    /// <summary>Noon of the second of November in Shanghai.</summary>
    private sealed class November : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);
    }
}

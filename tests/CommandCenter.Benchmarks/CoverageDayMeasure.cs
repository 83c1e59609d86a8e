using System.Diagnostics;
using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Jobs;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks;

/// <summary>
/// The coverage job over a district's day out of folded segments in PostgreSQL: 3,600 workers who walk for a bit less than six hours at one fix per 5 s, 15 million fixes, a thirtieth of the
/// 450 million of a month. From scratch, with nothing new, and after some have walked on. <c>dotnet run -c Release -- coverage-day [threads]</c>; about a minute.
/// </summary>
internal sealed class CoverageDayMeasure : INewestFixes, IAsyncDisposable
{
    private const int Workers = 3_600;
    private const int Hours = 6;
    private const int FixesAnHour = 694;
    private const int Changed = 360;
    private const int DaysOfMonth = 30;

    private static readonly DateOnly Day = new(2026, 10, 14);
    private static readonly CenterOptions Center = new();

    private readonly DataFolder _folder;
    private readonly EmbeddedBackends _backends;
    private readonly NpgsqlDataSource _dataSource;

    private CoverageDayMeasure(DataFolder folder, EmbeddedBackends backends)
    {
        (_folder, _backends) = (folder, backends);
        _dataSource = NpgsqlDataSource.Create(backends.Postgres!);
    }

    private static long Begin => JobWindow.StartOf(Day, Center).ToUnixTimeMilliseconds() + (8 * TrackPiece.HourMilliseconds);

    public static async Task PrintAsync(int threads)
    {
        var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-bench-").FullName, demo: false, demoByDefault: false);
        await using var measure = new CoverageDayMeasure(folder, await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: false, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
        await new SchemaMigrations(measure._dataSource, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
        await measure.FillAsync();
        long fixes = (long)Workers * Hours * FixesAnHour;
        var whole = await measure.RunAsync(threads);
        Print($"a district's day from scratch, {fixes / 1e6:F1} million fixes, s", whole);
        Console.WriteLine(FormattableString.Invariant(
            $"  so a month of {DaysOfMonth} such days ({fixes * DaysOfMonth / 1e6:F0} million): {whole * DaysOfMonth:F0} s, {fixes / whole / 1e6:F1} million fixes/s on {threads} thread(s)"));
        Print("the same day, nothing new, s", await measure.RunAsync(threads));
        await measure.WalkOnAsync();
        Print($"the same day, {Changed} of {Workers} have walked on, s", await measure.RunAsync(threads));
        await using var connection = await measure._dataSource.OpenConnectionAsync();
        var (rows, own, tiles) = await connection.QuerySingleAsync<(long, long, long)>(
            "select (select count(*) from coverage_worker_days), pg_total_relation_size('coverage_worker_days'), pg_total_relation_size('coverage_tiles')");
        Console.WriteLine(FormattableString.Invariant($"on disk: {own / 1e6 / rows * 1_000:F1} MB for 1,000 workers' days, {tiles / 1e6:F1} MB a day for the sums"));
        Console.WriteLine(FormattableString.Invariant($"this process at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, with the walks it was filled from"));
    }

    public Task<List<Fix>> ReadAsync(IReadOnlySet<int>? workerIds, long fromMs, long toMs, CancellationToken cancellationToken) => Task.FromResult(new List<Fix>());

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _backends.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_folder.Path, recursive: true);
    }

    private static void Print(string what, double seconds) => Console.WriteLine(FormattableString.Invariant($"{what,-72} {seconds,8:F2}"));

    private async Task<double> RunAsync(int threads)
    {
        var areas = new AreaDirectory();
        areas.Replace([new Area(1, "14", "all", null, AreaKind.District, null, null, new GeometryFactory().ToGeometry(new Envelope(112.4, 112.7, 37.7, 38)))]);
        var job = new CoverageJob(
            new ReckonStore(_dataSource),
            new TrackPartStore(_dataSource),
            new DaySums(_dataSource, TimeProvider.System),
            new CoverageLook(_dataSource),
            this,
            new CenterPlane(areas),
            Options.Create(new CoverageOptions { Threads = threads, RestShare = 0 }),
            Options.Create(new TrackMeaningOptions()),
            Options.Create(Center),
            TimeProvider.System);
        var begun = Stopwatch.GetTimestamp();
        await job.RunAsync(JobWindow.Of(Day, Day.AddDays(1), Center), new JobProgress(), default);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Segments as the folding leaves them.</summary>
    private async Task FillAsync()
    {
        await new TrackPartitions(_dataSource).EnsureAsync(TrackPartitions.DayOf(Begin), default);
        for (var hour = 0; hour < Hours; hour++)
        {
            await CopyAsync("track_segments", Enumerable.Range(1, Workers).Select(worker => WalkOf(worker, Begin + (hour * TrackPiece.HourMilliseconds))));
        }

        await using var connection = await _dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("vacuum analyze track_segments; analyze track_pieces", commandTimeout: 300);
    }

    private Task WalkOnAsync() => CopyAsync("track_pieces", Enumerable.Range(1, Changed).Select(worker => WalkOf(worker * 10, Begin + (Hours * TrackPiece.HourMilliseconds))));

    private async Task CopyAsync(string table, IEnumerable<Fix[]> walks)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy {table} (hour_ms, first_ms, last_ms, worker_id, fixes, west, south, east, north, length_meters, body) from stdin (format binary)");
        foreach (var walk in walks)
        {
            var piece = TrackPiece.Of(walk);
            await copy.StartRowAsync();
            await copy.WriteAsync(piece.HourMs, NpgsqlDbType.Bigint);
            await copy.WriteAsync(piece.FirstMs, NpgsqlDbType.Bigint);
            await copy.WriteAsync(piece.LastMs, NpgsqlDbType.Bigint);
            await copy.WriteAsync(piece.WorkerId, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.Count, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.WestE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.SouthE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.EastE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.NorthE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(piece.LengthMeters, NpgsqlDbType.Real);
            await copy.WriteAsync(piece.Body, NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync();
    }

    /// <summary>A patrol with pauses and some metres of error, around a place of the worker's own.</summary>
    private static Fix[] WalkOf(int worker, long hour)
    {
        var random = new Random((worker * 31) + (int)(hour / TrackPiece.HourMilliseconds % 24));
        var fixes = new Fix[FixesAnHour];
        var (column, row) = (worker % 60, worker / 60);
        double longitude = 112.5 + (column * 0.0022), latitude = 37.8 + (row * 0.0018), heading = random.NextDouble() * 360;
        var rests = false;
        for (var i = 0; i < fixes.Length; i++)
        {
            rests = random.Next(100) < 3 ? !rests : rests;
            heading += rests ? 0 : (random.NextDouble() * 40) - 20;
            var speed = rests ? 0 : 1 + (random.NextDouble() * 0.6);
            longitude += Math.Sin(heading * Math.PI / 180) * speed * 5 / 88_000;
            latitude += Math.Cos(heading * Math.PI / 180) * speed * 5 / 111_000;
            fixes[i] = new Fix
            {
                DeviceId = worker + 100,
                WorkerId = worker,
                FixTimeMs = hour + (i * 5_000L) + (worker % 5 * 1_000L),
                LongitudeE7 = (int)((longitude + ((random.NextDouble() - 0.5) * 4e-5)) * 1e7),
                LatitudeE7 = (int)((latitude + ((random.NextDouble() - 0.5) * 4e-5)) * 1e7),
                SpeedCmps = (ushort)(speed * 100),
                HeadingDeci = (ushort)((((heading * 10) % 3_600) + 3_600) % 3_600),
                AccuracyDm = (ushort)(50 + (random.Next(3) * 10)),
                AltitudeM = 780,
                BatteryPercent = 80,
            };
        }

        return fixes;
    }
}

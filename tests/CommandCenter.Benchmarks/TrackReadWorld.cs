using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace CommandCenter.Benchmarks;

/// <summary>
/// A PostgreSQL of its own with the same fixes twice: as folded segments, and as rows of a table indexed by worker and time and by time. A district of walkers for
/// an hour at one fix per 5 s, and one of them for a day.
/// </summary>
internal sealed class TrackReadWorld : IAsyncDisposable
{
    public const int Workers = 3_600;
    public const int FixesAnHour = 720;
    public const long Day = 1_790_000_000_000 / 86_400_000 * 86_400_000;

    /// <summary>The hour of the whole district; the first worker has all 24.</summary>
    public const long Hour = Day + (9 * TrackPiece.HourMilliseconds);

    /// <summary>For recorded tracks.</summary>
    public const long NextDay = Day + TrackPartitions.DayMilliseconds;

    private const string RowsSql = """
        create table track_rows (
            fix_time timestamptz not null, worker_id int not null, device_id int not null, longitude int not null, latitude int not null,
            altitude smallint not null, speed int not null, heading int not null, accuracy int not null, battery smallint not null, flags smallint not null,
            primary key (worker_id, fix_time, device_id)
        );
        create index track_rows_time on track_rows (fix_time);
        """;

    private const long PieceMilliseconds = 600_000;

    private readonly DataFolder _folder;
    private readonly EmbeddedBackends _backends;
    private int _kept;

    private TrackReadWorld(DataFolder folder, EmbeddedBackends backends)
    {
        (_folder, _backends) = (folder, backends);
        DataSource = NpgsqlDataSource.Create(backends.Postgres!);
    }

    /// <summary>Bytes a fix.</summary>
    public readonly record struct OnDisk(long Fixes, double Segments, double Rows);

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Of the simulated day.</summary>
    public OnDisk Walkers { get; private set; }

    public static async Task<TrackReadWorld> MakeAsync()
    {
        var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-bench-").FullName, demo: false, demoByDefault: false);
        var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: false, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var world = new TrackReadWorld(folder, backends);
        await new SchemaMigrations(world.DataSource, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
        await world.FillAsync();
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _backends.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_folder.Path, recursive: true);
    }

    /// <summary>Keeps one day's tracks both ways and tells what that took more: heap, TOAST and indexes.</summary>
    /// <param name="day">Its first ms.</param>
    /// <param name="tracks">Each of one worker, in order of time.</param>
    public async Task<OnDisk> KeepDayAsync(long day, IReadOnlyList<IReadOnlyList<Fix>> tracks)
    {
        var before = await SizesAsync(day);
        await new TrackPartitions(DataSource).EnsureAsync(TrackPartitions.DayOf(day), default);
        foreach (var hour in tracks.SelectMany(track => track).GroupBy(fix => TrackPiece.HourOf(fix.FixTimeMs)).OrderBy(hour => hour.Key))
        {
            await KeepHourAsync(hour.Key, [.. hour.GroupBy(fix => fix.WorkerId).Select(track => track.ToList())]);
        }

        await using var connection = await DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("vacuum analyze", commandTimeout: 300);
        var after = await SizesAsync(day);
        var fixes = tracks.Sum(track => (long)track.Count);
        return new OnDisk(fixes, (after.Segments - before.Segments) / (double)fixes, (after.Rows - before.Rows) / (double)fixes);
    }

    private async Task FillAsync()
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(RowsSql);
        Walkers = await KeepDayAsync(Day, [.. Enumerable.Range(1, Workers).Select(worker => worker == 1
            ? Enumerable.Range(0, 24).SelectMany(hour => WalkOf(worker, Day + (hour * TrackPiece.HourMilliseconds))).ToList()
            : WalkOf(worker, Hour))]);
    }

    /// <summary>Pieces as the writer makes them, ten minutes by ten minutes, folded as the server folds; the same fixes as rows in order of arrival.</summary>
    private async Task KeepHourAsync(long hour, IReadOnlyList<List<Fix>> tracks)
    {
        var store = new TrackStore(DataSource);
        var position = await store.ReadPositionAsync(0, default);
        var pieces = tracks.SelectMany(track => track.GroupBy(fix => fix.FixTimeMs / PieceMilliseconds)).Select(some => TrackPiece.From([.. some])).ToList();
        await store.AppendAsync(0, position, $"{++_kept}-0", pieces, default);
        var folds = new TrackFoldStore(DataSource);
        foreach (var some in tracks.Select(track => track[0].WorkerId).Chunk(200))
        {
            await folds.FoldAsync(hour, some, default);
        }

        await using var connection = await DataSource.OpenConnectionAsync();
        await CopyRowsAsync(connection, tracks.SelectMany(track => track).OrderBy(fix => fix.FixTimeMs));
    }

    private async Task<(long Segments, long Rows)> SizesAsync(long day)
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long)>(
            "select coalesce(pg_total_relation_size(to_regclass(@name)), 0), pg_total_relation_size('track_rows')", new { name = TrackPartitions.NameOf(TrackPartitions.DayOf(day)) });
    }

    private static async Task CopyRowsAsync(NpgsqlConnection connection, IEnumerable<Fix> fixes)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy track_rows from stdin (format binary)");
        foreach (var fix in fixes)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(DateTime.UnixEpoch.AddMilliseconds(fix.FixTimeMs), NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(fix.WorkerId, NpgsqlDbType.Integer);
            await copy.WriteAsync(fix.DeviceId, NpgsqlDbType.Integer);
            await copy.WriteAsync(fix.LongitudeE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(fix.LatitudeE7, NpgsqlDbType.Integer);
            await copy.WriteAsync(fix.AltitudeM, NpgsqlDbType.Smallint);
            await copy.WriteAsync((int)fix.SpeedCmps, NpgsqlDbType.Integer);
            await copy.WriteAsync((int)fix.HeadingDeci, NpgsqlDbType.Integer);
            await copy.WriteAsync((int)fix.AccuracyDm, NpgsqlDbType.Integer);
            await copy.WriteAsync((short)fix.BatteryPercent, NpgsqlDbType.Smallint);
            await copy.WriteAsync((short)fix.Flags, NpgsqlDbType.Smallint);
        }

        await copy.CompleteAsync();
    }

    /// <summary>A patrol as the simulator walks it: a steady pace with pauses, places within a few metres, whole seconds.</summary>
    private static List<Fix> WalkOf(int worker, long hour)
    {
        var random = new Random((worker * 31) + (int)(hour / TrackPiece.HourMilliseconds % 24));
        var fixes = new List<Fix>(FixesAnHour);
        double longitude = 112.5 + (random.NextDouble() * 0.1), latitude = 37.8 + (random.NextDouble() * 0.1), heading = random.NextDouble() * 360;
        var rests = false;
        for (var i = 0; i < FixesAnHour; i++)
        {
            rests = random.Next(100) < 2 ? !rests : rests;
            heading += rests ? 0 : (random.NextDouble() * 20) - 10;
            var speed = rests ? 0 : 1 + (random.NextDouble() * 0.6);
            longitude += (Math.Sin(heading * Math.PI / 180) * speed * 5 / 88_000) + (rests ? 0 : (random.NextDouble() - 0.5) * 2e-5);
            latitude += (Math.Cos(heading * Math.PI / 180) * speed * 5 / 111_000) + (rests ? 0 : (random.NextDouble() - 0.5) * 2e-5);
            fixes.Add(new Fix
            {
                DeviceId = worker + 100,
                WorkerId = worker,
                FixTimeMs = hour + (i * 5_000L) + (worker % 5 * 1_000L),
                LongitudeE7 = (int)(longitude * 1e7),
                LatitudeE7 = (int)(latitude * 1e7),
                SpeedCmps = (ushort)(speed * 100),
                HeadingDeci = (ushort)((((heading * 10) % 3_600) + 3_600) % 3_600),
                AccuracyDm = (ushort)(50 + (random.Next(3) * 10)),
                AltitudeM = 780,
                BatteryPercent = (byte)(90 - (i / 100)),
            });
        }

        return fixes;
    }
}

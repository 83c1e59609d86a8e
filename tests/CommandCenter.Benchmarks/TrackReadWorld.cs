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

    private const string RowsSql = """
        create table track_rows (
            fix_time timestamptz not null, worker_id int not null, device_id int not null, longitude int not null, latitude int not null,
            altitude smallint not null, speed int not null, heading int not null, accuracy int not null, battery smallint not null, flags smallint not null,
            primary key (worker_id, fix_time, device_id)
        );
        create index track_rows_time on track_rows (fix_time);
        """;

    private readonly DataFolder _folder;
    private readonly EmbeddedBackends _backends;

    private TrackReadWorld(DataFolder folder, EmbeddedBackends backends)
    {
        (_folder, _backends) = (folder, backends);
        DataSource = NpgsqlDataSource.Create(backends.Postgres!);
    }

    public NpgsqlDataSource DataSource { get; }

    public long Fixes { get; private set; }

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

    /// <summary>Heap, TOAST and indexes, in bytes a fix.</summary>
    public async Task<(double Segments, double Rows)> BytesAFixAsync()
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        var segments = await connection.QuerySingleAsync<long>("select pg_total_relation_size(@name::regclass)", new { name = TrackPartitions.NameOf(TrackPartitions.DayOf(Hour)) });
        var rows = await connection.QuerySingleAsync<long>("select pg_total_relation_size('track_rows')");
        return (segments / (double)Fixes, rows / (double)Fixes);
    }

    /// <summary>Pieces as the writer makes them, minute by minute, folded as the server folds; the same fixes as rows in order of arrival.</summary>
    private async Task FillAsync()
    {
        var store = new TrackStore(DataSource);
        var folds = new TrackFoldStore(DataSource);
        await new TrackPartitions(DataSource).EnsureAsync(TrackPartitions.DayOf(Hour), default);
        var position = await store.ReadPositionAsync(0, default);
        await using var connection = await DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(RowsSql);
        var n = 0;
        for (var hour = Day; hour < Day + (24 * TrackPiece.HourMilliseconds); hour += TrackPiece.HourMilliseconds)
        {
            var walks = Enumerable.Range(1, hour == Hour ? Workers : 1).Select(worker => WalkOf(worker, hour)).ToList();
            var pieces = walks.SelectMany(walk => walk.Chunk(FixesAnHour / 6)).Select(some => TrackPiece.From([.. some])).ToList();
            await store.AppendAsync(0, position, position = $"{++n}-0", pieces, default);
            foreach (var some in Enumerable.Range(1, walks.Count).Chunk(200))
            {
                await folds.FoldAsync(hour, some, default);
            }

            await CopyRowsAsync(connection, Enumerable.Range(0, FixesAnHour).SelectMany(i => walks.Select(walk => walk[i])));
            Fixes += walks.Count * (long)FixesAnHour;
        }

        await connection.ExecuteAsync("vacuum analyze", commandTimeout: 300);
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

using CommandCenter.Coverage.Reckoning;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Folding;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CommandCenter.Benchmarks;

/// <summary>A PostgreSQL of its own with a district's day of patrols as folded segments: six hours of each worker at one fix per 5 s, 15.6 million in all.</summary>
internal sealed class CoverageDayWorld : IAsyncDisposable
{
    public const int Workers = 3_600;
    public const int Hours = 6;
    public const long FixesOfADay = (long)Workers * Hours * TrackReadWorld.FixesAnHour;

    private const long Day = TrackReadWorld.Day;
    private const int FirstHour = 1;
    private const int WorkersALot = 200;

    private readonly DataFolder _folder;
    private readonly EmbeddedBackends _backends;
    private readonly PatrolWalk[] _walks = [.. Enumerable.Range(1, Workers).Select(worker => new PatrolWalk(worker))];
    private int _kept;

    private CoverageDayWorld(DataFolder folder, EmbeddedBackends backends)
    {
        (_folder, _backends) = (folder, backends);
        DataSource = NpgsqlDataSource.Create(backends.Postgres!);
    }

    public static DaySpan Span { get; } =
        new(DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(Day)), Day, Day + TrackPartitions.DayMilliseconds);

    public NpgsqlDataSource DataSource { get; }

    public static async Task<CoverageDayWorld> MakeAsync()
    {
        var folder = DataFolder.Open(Directory.CreateTempSubdirectory("commandcenter-bench-").FullName, demo: false, demoByDefault: false);
        var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: false, new StorageOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var world = new CoverageDayWorld(folder, backends);
        await new SchemaMigrations(world.DataSource, NullLogger<SchemaMigrations>.Instance).RunAsync(CancellationToken.None);
        await new TrackPartitions(world.DataSource).EnsureAsync(TrackPartitions.DayOf(Day), default);
        for (var hour = FirstHour; hour < FirstHour + Hours; hour++)
        {
            await world.WalkAsync(hour, [.. Enumerable.Range(1, Workers)]);
        }

        await world.ExecuteAsync("vacuum analyze");
        return world;
    }

    /// <summary>An hour more of the first workers, as phones send it that were offline: it stays in pieces until it is folded.</summary>
    public Task WalkLateAsync(int workers) => WalkAsync(FirstHour + Hours, [.. Enumerable.Range(1, workers)]);

    /// <summary>As if nothing had been reckoned.</summary>
    public Task ForgetAsync() => ExecuteAsync("truncate coverage_worker_days, coverage_days, coverage_tiles");

    /// <summary>The same rows are the same text; of all that was reckoned.</summary>
    public async Task<string> FingerprintAsync()
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>("""
            select md5(string_agg(line, ' ' order by line)) from (
                select concat_ws(':', 'w', worker_id, credited_ms, cells, md5(body)) as line from coverage_worker_days
                union all select concat_ws(':', 't', tile_column, tile_row, md5(body)) from coverage_tiles
                union all select concat_ws(':', 'd', workers, credited_ms, cells, visits, passes) from coverage_days) as lines
            """, commandTimeout: 120);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _backends.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_folder.Path, recursive: true);
    }

    private async Task WalkAsync(int hour, int[] workers)
    {
        var hourMs = Day + (hour * TrackPiece.HourMilliseconds);
        var (store, folds) = (new TrackStore(DataSource), new TrackFoldStore(DataSource));
        foreach (var some in workers.Chunk(WorkersALot))
        {
            var position = await store.ReadPositionAsync(0, default);
            await store.AppendAsync(0, position, $"{++_kept}-0", [.. some.Select(worker => TrackPiece.From(_walks[worker - 1].Hour(hourMs)))], default);
            if (workers.Length == Workers)
            {
                await folds.FoldAsync(hourMs, some, default);
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, commandTimeout: 300);
    }
}

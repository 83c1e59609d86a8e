using CommandCenter.Areas;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.Coverage.Reckoning;
using CommandCenter.Coverage.Store;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Jobs;
using CommandCenter.Storage;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Tracks.Meaning;
using CommandCenter.Tracks.Reading;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>A real PostgreSQL with a district, people's tracks in it and a log whose content is given; coverage is reckoned of them.</summary>
internal sealed class ReckoningCenter : IAsyncDisposable, INewestFixes
{
    private readonly Clock _clock = new();

    private ReckoningCenter(Backends backends) => Backends = backends;

    public Backends Backends { get; }

    public CenterOptions Center { get; } = new();

    public CoverageOptions Options { get; } = new() { RestShare = 0 };

    public TrackKeepingOptions Keeping { get; } = new();

    /// <summary>The district's box, degrees.</summary>
    public Envelope Ground { get; set; } = new(112.5, 112.6, 37.8, 37.9);

    /// <summary>What phones were answered for and is not stored yet.</summary>
    public List<Fix> Log { get; } = [];

    public DateTimeOffset Now
    {
        get => _clock.At;
        set => _clock.At = value;
    }

    /// <summary>Done each time the log is read, before each day.</summary>
    public Action BeforeDay { get; set; } = () => { };

    public CoverageStore Store => new(Backends.DataSource, Microsoft.Extensions.Options.Options.Create(Center));

    public static async Task<ReckoningCenter> StartAsync() => new(await Backends.FreshAsync());

    /// <summary>Fixes each ten seconds eastwards at 1.25 m/s, some squares of 25 m each minute.</summary>
    public static List<Fix> Walk(int worker, DateTimeOffset from, double minutes, double longitude = 112.56, double latitude = 37.86) =>
        [.. Enumerable.Range(0, (int)(minutes * 6) + 1).Select(n => new Fix
        {
            DeviceId = worker + 100,
            WorkerId = worker,
            FixTimeMs = from.ToUnixTimeMilliseconds() + (n * 10_000L),
            LongitudeE7 = (int)((longitude + (n * 12.5 / 87_800)) * 1e7),
            LatitudeE7 = (int)(latitude * 1e7),
            SpeedCmps = 125,
            HeadingDeci = 900,
            AccuracyDm = 80,
            AltitudeM = 780,
            BatteryPercent = 70,
        })];

    public async Task KeepAsync(params IEnumerable<Fix>[] walks)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        await CoverageRows.KeepAsync(connection, walks);
    }

    public Task<JobOutcome> RunAsync(DateOnly from, DateOnly? to = null, JobProgress? progress = null, CancellationToken cancellationToken = default) =>
        Job().RunAsync(JobWindow.Of(from, to ?? from.AddDays(1), Center), progress ?? new JobProgress(), cancellationToken);

    public CoverageJob Job()
    {
        var areas = new AreaDirectory();
        areas.Replace([new Area(1, "14", "all", null, AreaKind.District, null, null, new GeometryFactory().ToGeometry(Ground))]);
        return new CoverageJob(
            new ReckonStore(Backends.DataSource),
            new TrackPartStore(Backends.DataSource),
            new DaySums(Backends.DataSource),
            new CoverageLook(Backends.DataSource),
            new CoverageHistory(
                Backends.DataSource,
                Microsoft.Extensions.Options.Options.Create(Options),
                Microsoft.Extensions.Options.Options.Create(Keeping),
                Microsoft.Extensions.Options.Options.Create(Center)),
            this,
            new CenterPlane(areas),
            new CoveragePlaneStore(Backends.DataSource),
            Microsoft.Extensions.Options.Options.Create(Options),
            Microsoft.Extensions.Options.Options.Create(new TrackMeaningOptions()),
            Microsoft.Extensions.Options.Options.Create(Center),
            _clock);
    }

    /// <summary>All that is kept of coverage but when it was looked at, to be compared.</summary>
    public async Task<string> RowsAsync()
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return await CoverageRows.ReadAsync(connection, DateOnly.MinValue, DateOnly.MaxValue);
    }

    public async Task<CoverageDay?> DayAsync(DateOnly day) => (await Store.ReadDaysAsync(day, day.AddDays(1), default)).SingleOrDefault();

    public async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, arguments);
    }

    public async Task<T> ReadAsync<T>(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<T>(sql, arguments))!;
    }

    Task<List<Fix>> INewestFixes.ReadAsync(IReadOnlySet<int>? workerIds, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        BeforeDay();
        return Task.FromResult(Log.Where(fix => fix.FixTimeMs >= fromMs && fix.FixTimeMs < toMs).ToList());
    }

    public ValueTask DisposeAsync() => Backends.DisposeAsync();

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset At { get; set; } = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => At;
    }
}

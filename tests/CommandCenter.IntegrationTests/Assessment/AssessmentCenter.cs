using CommandCenter.Access;
using CommandCenter.Areas;
using CommandCenter.Assessment;
using CommandCenter.Assessment.Periods;
using CommandCenter.Assessment.Policies;
using CommandCenter.Assessment.Sources;
using CommandCenter.Contracts.Areas;
using CommandCenter.Coverage;
using CommandCenter.Coverage.Ground;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Jobs;
using CommandCenter.Storage;
using CommandCenter.Tracks.Keeping;
using CommandCenter.Web;
using Dapper;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;

namespace CommandCenter.IntegrationTests.Assessment;

/// <summary>A real PostgreSQL with a small district: two grids side by side in a community, and three workers at home in them.</summary>
internal sealed class AssessmentCenter : IAsyncDisposable
{
    public const int FirstGrid = 4;
    public const int SecondGrid = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly AreaDirectory _areas = new();
    private readonly GroundDirectory _targets = new();

    private AssessmentCenter(Backends backends)
    {
        Backends = backends;
        Area[] areas =
        [
            Of(1, "D", AreaKind.District, null, 112.55, 112.57),
            Of(2, "S", AreaKind.Subdistrict, 1, 112.55, 112.57),
            Of(3, "C", AreaKind.Community, 2, 112.55, 112.57),
            Of(FirstGrid, "G1", AreaKind.Grid, 3, 112.55, 112.552),
            Of(SecondGrid, "G2", AreaKind.Grid, 3, 112.552, 112.554),
        ];
        _areas.Replace(areas);
        Ground = new CoverageGround(_areas, _targets, new GroundPastStore(backends.DataSource), new CenterPlane(_areas), Options.Create(Center));
    }

    public Backends Backends { get; }

    public CenterOptions Center { get; } = new();

    public CoverageGround Ground { get; }

    public FixedClock Clock { get; } = new();

    public static async Task<AssessmentCenter> StartAsync()
    {
        var center = new AssessmentCenter(await Backends.FreshAsync());
        await center.ExecuteAsync("""
            insert into areas (id, code, parent_id, kind, grid_type, name, created_at) overriding system value values
                (1, 'D', null, 1, null, 'D', '2020-01-01'), (2, 'S', 1, 2, null, 'S', '2020-01-01'), (3, 'C', 2, 3, null, 'C', '2020-01-01'),
                (4, 'G1', 3, 4, 1, 'G1', '2020-01-01'), (5, 'G2', 3, 4, 1, 'G2', '2020-01-01');
            insert into workers (id, code, name, role, home_area_id, created_at, changed_version) overriding system value values
                (1, 'W1', '王芳', 1, 4, '2020-01-01', 1), (2, 'W2', '李娜', 1, 5, '2020-01-01', 1), (3, 'W3', '张伟', 1, 5, '2020-01-01', 1)
            """);
        return center;
    }

    public PeriodReckoner Reckoner(IAssessedGround? ground = null)
    {
        var options = Options.Create(Center);
        var sources = new SourceReader(
            new SourceStore(Backends.DataSource), ground ?? new CoverageGroundOfDay(Ground, _targets), _areas, options, Options.Create(new AssessmentOptions { RestShare = 0 }), Clock);
        var audit = new AuditStore(Backends.DataSource, new AuditSpool(Backends.Redis), Clock);
        return new PeriodReckoner(
            new ScoreStream(sources, Backends.DataSource),
            new SnapshotSigner(Options.Create(new StorageOptions { DataFolder = _folder.Path })),
            new PolicyBook(new PolicyStore(Backends.DataSource, audit)),
            new SourceKeeping(Backends.DataSource, Options.Create(new TrackKeepingOptions())),
            new PendingAppeals(),
            Backends.DataSource,
            options,
            Clock);
    }

    public Task<(Reckoned What, int Scores)> ReckonAsync(PeriodKind kind, DateOnly day) => Reckoner().ReckonAsync(PeriodRules.Of(kind, day), default);

    public Task<JobOutcome> RunAsync(DateOnly from, DateOnly to) =>
        new AssessmentJob(Reckoner(), new LatePeriods(Backends.DataSource, Options.Create(Center), Clock), Options.Create(Center), Clock).RunAsync(JobWindow.Of(from, to, Center), new JobProgress(), default);

    /// <summary>The squares of an area, by row, then column.</summary>
    public async Task<IReadOnlyList<CoverageCell>> CellsAsync(int area) =>
        [.. (await Ground.OnAsync(new DateOnly(2026, 10, 31), default)).SpansOf(area)
            .SelectMany(span => Enumerable.Range(span.FirstColumn, span.Count).Select(column => new CoverageCell(column, span.Row)))];

    /// <summary>On duty from eight to four, Shanghai time.</summary>
    public Task DutyAsync(int worker, DateOnly from, int days) => ExecuteAsync(
        "insert into duty_periods (worker_id, started_at, ended_at) select @worker, d, d + interval '8 hours' from generate_series(@from::timestamptz, @from::timestamptz + make_interval(days => @days - 1), interval '1 day') d",
        new { worker, from = JobWindow.StartOf(from, Center).AddHours(8), days });

    /// <summary>An hour of credited time, with a visit to each of the squares; tells the sums of all, too.</summary>
    public async Task WalkAsync(int worker, DateOnly day, IEnumerable<CoverageCell> cells, double hours = 1)
    {
        var starts = JobWindow.StartOf(day, Center).ToUnixTimeMilliseconds();
        var walked = cells.OrderBy(cell => cell).Select(cell => new CellDay(cell, 60_000, 1, 0, starts + 40_000_000)).ToList();
        await ExecuteAsync(
            """
            insert into coverage_worker_days (day, worker_id, input, credited_ms, cells, body) values (@day, @worker, 1, @ms, @cells, @body)
            on conflict (day, worker_id) do update set credited_ms = @ms, cells = @cells, body = @body
            """,
            new { day, worker, ms = (long)(hours * 3_600_000), cells = walked.Count, body = CoverageCodec.Encode(walked, starts) });
        await TrackedAsync(worker, day);
        foreach (var tile in walked.GroupBy(cell => CoverageTile.Of(cell.Cell)))
        {
            var totals = tile.Select(cell => new CellTotal(cell.Cell, cell.DwellMs, 1, 0, 1, cell.LastMs)).OrderBy(cell => CoverageTile.PlaceOf(cell.Cell)).ToList();
            await ExecuteAsync(
                "insert into coverage_tiles (day, tile_column, tile_row, body) values (@day, @column, @row, @body) on conflict (day, tile_column, tile_row) do update set body = @body",
                new { day, column = tile.Key.Column, row = tile.Key.Row, body = CoverageCodec.Encode(tile.Key, totals, starts) });
        }
    }

    public Task TrackedAsync(int worker, DateOnly day, int fixes = 360) => ExecuteAsync(
        "insert into track_days (worker_id, day, marks, fixes, length_meters, moving_seconds, stopped_seconds) values (@worker, @day, 1, @fixes, 4000, 3600, 1800) on conflict do nothing",
        new { worker, day, fixes });

    public async Task SentAsync(int worker, DateTimeOffset at, int? acceptedAfter, int? onSceneAfter, int? clearedAfter, bool exercise = false)
    {
        var (alarm, id) = (new Guid(worker, 1, 0, BitConverter.GetBytes(at.UtcTicks)), new Guid(worker, 2, 0, BitConverter.GetBytes(at.UtcTicks)));
        await AlarmAsync(alarm, at, null, exercise);
        await ExecuteAsync(
            """
            insert into assignments (id, team, alarm_id, worker_id, area_id, state, account_id, sent_by, sent_at, changed_at, steps)
            values (@id, @id, @alarm, @worker, 4, 6, 1, 'x', @at, @at, 4)
            """,
            new { id, alarm, worker, at });
        foreach (var (state, after) in new[] { (2, acceptedAfter), (4, onSceneAfter), (6, clearedAfter) })
        {
            if (after is { } seconds)
            {
                await ExecuteAsync(
                    "insert into assignment_steps (assignment_id, number, state, at, implied, told) values (@id, @state, @state, @at, false, true)",
                    new { id, state, at = at.AddSeconds(seconds) });
            }
        }
    }

    public Task AlarmAsync(Guid id, DateTimeOffset at, int? acknowledgedAfter, bool exercise = false) => ExecuteAsync(
        """
        insert into alarms (id, source, kind, priority, state, home_area_id, occurred_ms, arrived_ms, late, off_duty, exercise, level, repeats, acknowledged_ms, reopened, clock_ms, version, entries, head)
        values (@id, 'x', 'sos', 1, 'closed', 4, @ms, @ms, false, false, @exercise, 0, 0, @acknowledged, 0, @ms, 1, 0, ''::bytea)
        """,
        new { id, ms = at.ToUnixTimeMilliseconds(), acknowledged = acknowledgedAfter is { } after ? at.AddSeconds(after).ToUnixTimeMilliseconds() : (long?)null, exercise });

    /// <summary>What the newest version of a period says of a subject.</summary>
    public async Task<ScoreBody> BodyAsync(PeriodKind kind, DateOnly starts, string subject) => ScoreBody.Read(await ReadAsync<string>(
        """
        select s.body from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id where n.period = @kind and n.starts = @starts and s.subject = @subject
        order by n.version desc limit 1
        """,
        new { kind = kind.Word(), starts, subject }));

    public async Task<IReadOnlyList<SnapshotRow>> VersionsAsync(PeriodKind kind)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<SnapshotRow>($"select {SnapshotRow.Columns} from assessment_snapshots n where period = @kind order by starts, version", new { kind = kind.Word() })).AsList();
    }

    /// <summary>All that is said of a period's newest version, to be compared.</summary>
    public async Task<string> RowsAsync()
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return string.Join('\n', await connection.QueryAsync<string>(
            "select n.period || n.starts || ' v' || n.version || ' ' || s.subject || ' ' || s.body from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id order by 1"));
    }

    public async Task ExecuteAsync(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, arguments);
    }

    public async Task<T> ReadAsync<T>(string sql, object? arguments = null)
    {
        await using var connection = await Backends.DataSource.OpenConnectionAsync();
        return (await connection.QueryFirstAsync<T>(sql, arguments))!;
    }

    public async ValueTask DisposeAsync()
    {
        Ground.Dispose();
        await Backends.DisposeAsync();
        _folder.Dispose();
    }

    private static Area Of(int id, string code, AreaKind kind, int? parent, double west, double east) => new(
        id, code, code, null, kind, kind == AreaKind.Grid ? GridType.Ordinary : null, parent, new GeometryFactory().ToGeometry(new Envelope(west, east, 37.86, 37.862)));

    internal sealed class FixedClock : TimeProvider
    {
        /// <summary>The second of November, noon in Shanghai.</summary>
        public DateTimeOffset At { get; set; } = new(2026, 11, 2, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => At;
    }
}

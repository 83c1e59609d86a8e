using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.Assessment.Periods;
using CommandCenter.Coverage;
using CommandCenter.Geo;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using Dapper;
using Npgsql;

namespace CommandCenter.BrowserTests;

/// <summary>
/// A demo center whose last two weeks are closed: some people patrolled on some days, one was sent somewhere, and a walk that came late made a second version of the last week.
/// </summary>
public sealed class ScoresCenter : IAsyncDisposable
{
    private const string Subdistrict = "140106001";
    private const double MiddleLongitude = 112.57;

    private const string FactsSql = """
        update workers set created_at = '2020-01-01';
        create temporary table assessed as
            select w.id, w.code, row_number() over (order by w.id) as n from workers w join areas g on g.id = w.home_area_id
            where g.kind = 4 and g.code like @prefix order by w.id limit 12;
        insert into duty_periods (worker_id, started_at, ended_at)
            select id, d + interval '1 hour', d + interval '9 hours' from assessed, generate_series(@from::timestamptz, @from::timestamptz + interval '11 days', interval '1 day') d
            where extract(isodow from d) < 6 on conflict do nothing;
        insert into coverage_worker_days (day, worker_id, input, credited_ms, cells, body)
            select d::date, id, 1, case when extract(isodow from d) <= n % 6 then 3600000 else 60000 end, 0, '\x0100'
            from assessed, generate_series(@from::timestamptz, @from::timestamptz + interval '11 days', interval '1 day') d where extract(isodow from d) < 6;
        insert into track_days (worker_id, day, marks, fixes, length_meters, moving_seconds, stopped_seconds)
            select id, d::date, 1, 360, 4000, 3600, 1800 from assessed, generate_series(@from::timestamptz, @from::timestamptz + interval '11 days', interval '1 day') d
            where extract(isodow from d) < 6 on conflict do nothing;
        select code from assessed order by n;
        """;

    private const string SentSql = """
        insert into alarms (id, source, kind, priority, state, home_area_id, occurred_ms, arrived_ms, late, off_duty, exercise, level, repeats, acknowledged_ms, reopened, clock_ms, version, entries, head)
            select @alarm, 'x', 'sos', 1, 'closed', home_area_id, @ms, @ms, false, false, false, 0, 0, @ms + 5000, 0, @ms, 1, 0, ''::bytea from workers where code = @worker;
        insert into assignments (id, team, alarm_id, worker_id, area_id, state, account_id, sent_by, sent_at, changed_at, steps)
            select @id, @id, @alarm, w.id, w.home_area_id, 6, (select min(id) from accounts), 'x', @at, @at, 1 from workers w where w.code = @worker;
        insert into assignment_steps (assignment_id, number, state, at, implied, told)
            select @id, state, state, @at + make_interval(secs => @after * state), false, true from unnest(array[2, 4, 6]) state
        """;

    private const string WalkSql = """
        update coverage_worker_days set cells = @cells, body = @body, credited_ms = 3600000 where day = @day and worker_id = (select id from workers where code = @worker)
        """;

    private readonly HttpClient _http;

    private ScoresCenter(DemoPages pages)
    {
        Pages = pages;
        _http = new HttpClient { BaseAddress = pages.Center.Server.Url };
        Week = PeriodRules.Of(PeriodKind.Week, DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-7))).Starts;
    }

    public DemoPages Pages { get; }

    public DemoCenter Demo => Pages.Center;

    /// <summary>The Monday of the last week.</summary>
    public DateOnly Week { get; }

    /// <summary>Who walked, and was sent.</summary>
    public string Worker { get; private set; } = "";

    /// <summary>Whose days never changed.</summary>
    public string Other { get; private set; } = "";

    public static async Task<ScoresCenter> StartAsync()
    {
        var center = new ScoresCenter(await DemoPages.StartAsync("--Jobs:LookSeconds=0.5", "--Assessment:Boards=true"));
        center._http.DefaultRequestHeaders.Authorization = new("Bearer", await center.Demo.SignInAsync("administrator"));
        await using var postgres = NpgsqlDataSource.Create(StoredTracks.ConnectionString(center.Demo.Server));
        await using var connection = await postgres.OpenConnectionAsync();
        var before = center.Week.AddDays(-7);
        var codes = (await connection.QueryAsync<string>(FactsSql, new { prefix = Subdistrict + "%", from = new DateTimeOffset(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) })).AsList();
        (center.Worker, center.Other) = (codes[3], codes[4]);
        for (var n = 0; n < 3; n++)
        {
            var at = new DateTimeOffset(center.Week.ToDateTime(new TimeOnly(2, n)), TimeSpan.Zero);
            await connection.ExecuteAsync(
                SentSql, new { alarm = Guid.NewGuid(), id = Guid.NewGuid(), worker = center.Worker, at, ms = at.ToUnixTimeMilliseconds(), after = 10.0 + (n * 15) });
        }

        await center.RunAsync(before, center.Week.AddDays(7));
        await center.WalkAsync(connection);
        await center.RunAsync(center.Week, center.Week.AddDays(7));
        return center;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Pages.DisposeAsync();
    }

    /// <summary>To most of the squares that the first version says were due, on the Monday.</summary>
    private async Task WalkAsync(NpgsqlConnection connection)
    {
        var list = await _http.GetFromJsonAsync<JsonElement>($"/api/assessment/week/scores?starts={Week:O}&area={Subdistrict}&limit=1000");
        var score = list.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("subject").GetString() == Worker).GetProperty("id").GetInt64();
        var evidence = await _http.GetFromJsonAsync<JsonElement>($"/api/assessment/scores/{score}/evidence/grid-coverage?reason=test");
        var starts = new DateTimeOffset(Week.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        var plane = GaussKruger.ZoneOf(MiddleLongitude);
        var cells = evidence.GetProperty("cells").GetProperty("features").EnumerateArray().SelectMany(run => CellsOf(run, plane))
            .Where(cell => ((cell.Row / 6) + (cell.Column / 5)) % 4 != 0).OrderBy(cell => cell).Select(cell => new CellDay(cell, 60_000, 1, 0, starts + 40_000_000)).ToList();
        await connection.ExecuteAsync(WalkSql, new { day = Week, worker = Worker, cells = cells.Count, body = CoverageCodec.Encode(cells, starts) });
    }

    private static IEnumerable<CoverageCell> CellsOf(JsonElement run, GaussKruger plane)
    {
        var corner = run.GetProperty("geometry").GetProperty("coordinates")[0][0];
        var (east, north) = plane.Project(corner[0].GetDouble(), corner[1].GetDouble());
        var first = CoverageCell.At(east + (CoverageCell.Meters / 2), north + (CoverageCell.Meters / 2));
        return Enumerable.Range(0, run.GetProperty("properties").GetProperty("cells").GetInt32()).Select(n => first with { Column = first.Column + n });
    }

    private async Task RunAsync(DateOnly from, DateOnly to)
    {
        using var asked = await _http.PostAsJsonAsync("/api/jobs/assessment/runs", new { from = from.ToString("O"), to = to.ToString("O") });
        asked.EnsureSuccessStatusCode();
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        JsonElement run = default;
        await Eventually.TrueAsync(
            async () => (run = await _http.GetFromJsonAsync<JsonElement>($"/api/jobs/runs/{id}")).GetProperty("state").GetString() is "succeeded" or "failed" or "cancelled",
            "the assessment has run",
            TimeSpan.FromSeconds(180));
        Assert.That(run.GetProperty("state").GetString(), Is.EqualTo("succeeded"), run.ToString());
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CommandCenter.Assessment.Periods;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using Dapper;

namespace CommandCenter.IntegrationTests.Assessment;

/// <summary>Scores over HTTP: who may see them, what stands behind them, and how they are appealed against.</summary>
public sealed class ScoreApiTests
{
    private DemoServer _demo = null!;
    private string _week = "";
    private string _worker = "";
    private string _area = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--Jobs:LookSeconds=0.5", "--Assessment:Boards=true");
        var lastWeek = PeriodRules.Of(PeriodKind.Week, DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-7)));
        _week = lastWeek.Starts.ToString("O");
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("update workers set created_at = '2020-01-01'");
        var (id, code, area) = await connection.QueryFirstAsync<(int, string, string)>(
            "select w.id, w.code, s.code from workers w join areas g on g.id = w.home_area_id join areas c on c.id = g.parent_id join areas s on s.id = c.parent_id where g.kind = 4 and s.kind = 2 order by w.id limit 1");
        (_worker, _area) = (code, area);
        for (var day = 0; day < 5; day++)
        {
            var date = lastWeek.Starts.AddDays(day);
            await connection.ExecuteAsync(
                """
                insert into duty_periods (worker_id, started_at, ended_at) values (@id, @at, @at + interval '8 hours') on conflict do nothing;
                insert into coverage_worker_days (day, worker_id, input, credited_ms, cells, body) values (@date, @id, 1, @ms, 0, '\x0100');
                insert into track_days (worker_id, day, marks, fixes, length_meters, moving_seconds, stopped_seconds) values (@id, @date, 1, 10, 1000, 100, 100) on conflict do nothing
                """,
                new { id, date, at = new DateTimeOffset(date.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero), ms = day < 3 ? 3_600_000L : 60_000L });
        }

        await RunAsync(lastWeek.Starts, lastWeek.Ends);
        await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user = "supervisor2", password = "a-long-password-2", role = "supervisor", area = _area });
        await _demo.CallAsync("administrator", "POST", "/api/accounts", new { user = "supervisor3", password = "a-long-password-3", role = "supervisor", area = "140106" });
        foreach (var (user, password) in new[] { ("supervisor2", "a-long-password-2"), ("supervisor3", "a-long-password-3") })
        {
            _demo.Remember(user, await DemoServer.SignInAsync(_demo.Server.Http, user, password));
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task SupervisorsSeeScoresOfTheirAreaAndDispatchersNone()
    {
        var (status, list) = await GetAsync("supervisor3", $"/api/assessment/week/scores?starts={_week}&limit=2");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), list.ToString());
        Assert.That(list.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
        Assert.That(list.GetProperty("snapshot").GetProperty("state").GetString(), Is.EqualTo("closed"));
        Assert.That(list.GetProperty("snapshot").GetProperty("signed").GetBoolean());
        var all = list.GetProperty("distribution").GetProperty("without").GetInt32() + list.GetProperty("distribution").GetProperty("scored").GetInt32();
        var next = await GetAsync("supervisor3", $"/api/assessment/week/scores?starts={_week}&limit=1000&cursor={list.GetProperty("next").GetString()}");
        Assert.That(next.Body.GetProperty("items").GetArrayLength(), Is.EqualTo(Math.Min(1_000, all - 2)));

        var mine = await GetAsync("supervisor2", $"/api/assessment/week/scores?starts={_week}&limit=1000");
        Assert.That(mine.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("area").GetString()), Has.All.StartsWith(_area));
        Assert.That((await GetAsync("supervisor2", "/api/assessment/week/scores?area=140106")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await GetAsync("dispatcher", "/api/assessment/week/scores")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await GetAsync("supervisor3", "/api/assessment/week/scores?starts=2020-01-01")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await GetAsync("supervisor3", "/api/assessment/year/scores")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        var grids = await GetAsync("supervisor3", $"/api/assessment/week/scores?starts={_week}&subject=grid&sort=subject");
        Assert.That(grids.Body.GetProperty("items").GetArrayLength(), Is.GreaterThan(1));
        Assert.That((await GetAsync("supervisor3", "/api/assessment/periods")).Body.GetProperty("items").GetArrayLength(), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public async Task BoardsShowTheBestOfAClosedMonthAndOfTheYear()
    {
        var month = PeriodRules.Before(PeriodRules.Of(PeriodKind.Month, DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1)))).Starts;
        await RunAsync(month, month.AddDays(1));
        await using (var connection = await _demo.Backends.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                update assessment_scores set total = 80 + id % 3 where id in (
                    select s.id from assessment_scores s join assessment_snapshots n on n.id = s.snapshot_id where n.period = 'month' and n.starts = @month and s.subject_kind = 0 order by s.id limit 3)
                """,
                new { month });
        }

        var (status, board) = await GetAsync("supervisor3", $"/api/assessment/month/boards?starts={month:O}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), board.ToString());
        Assert.That(board.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("rank").GetInt32(), item.GetProperty("total").GetDouble())), Is.EqualTo(new[] { (1, 82.0), (2, 81), (3, 80) }));
        var (_, year) = await GetAsync("supervisor3", $"/api/assessment/year/boards?starts={month:O}");
        Assert.That(year.GetProperty("items")[0].GetProperty("months").GetInt32(), Is.EqualTo(1));
        Assert.That((await GetAsync("supervisor3", "/api/assessment/week/boards")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task APolicyIsPreviewedOnAPastPeriod()
    {
        var (_, shipped) = await GetAsync("administrator", "/api/assessment/policies/1");
        var policy = JsonNode.Parse(shipped.GetProperty("policy").GetRawText())!;
        foreach (var seconds in new[] { 60, 90 })
        {
            policy["timing"]!["acknowledgeSeconds"] = seconds;
            var (status, preview) = await _demo.CallAsync("administrator", "POST", "/api/assessment/policies/preview", new { policy, period = "week", starts = _week, subject = "worker" });
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), preview.ToString());
            Assert.That(preview.GetProperty("subjects").GetInt32(), Is.GreaterThan(10));
        }
    }

    [Test]
    public async Task WhatLiesOutsideOfTheAreaIsRefusedLikeWhatThereIsNot()
    {
        long other;
        await using (var connection = await _demo.Backends.DataSource.OpenConnectionAsync())
        {
            other = await connection.QueryFirstAsync<long>(
                "select s.id from assessment_scores s join areas g on g.id = s.area_id where s.subject_kind = 0 and g.code not like @prefix order by s.id limit 1", new { prefix = _area + "%" });
        }

        foreach (var id in new[] { other, long.MaxValue })
        {
            Assert.That((await GetAsync("supervisor2", $"/api/assessment/scores/{id}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await GetAsync("supervisor2", $"/api/assessment/scores/{id}/past")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await GetAsync("supervisor2", $"/api/assessment/scores/{id}/evidence/patrol-regularity?reason=x")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await _demo.CallAsync("supervisor2", "POST", $"/api/assessment/scores/{id}/appeals", new { words = "x" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That((await GetAsync("dispatcher", $"/api/assessment/scores/{other}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await GetAsync("supervisor2", "/api/assessment/week/export?area=140106")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var bad = await _demo.CallAsync("supervisor2", "POST", "/api/assessment/exclusions", new { subjectKind = "worker", subject = _worker, kind = "holiday", from = "2026-10-01", to = "2026-10-02" });
        Assert.That((bad.Status, bad.Body.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "kind")));
    }

    [Test]
    public async Task EachNumberOfAPersonOpensItsEvidenceWithAReason()
    {
        var id = await ScoreAsync();
        var (_, score) = await GetAsync("supervisor3", $"/api/assessment/scores/{id}");
        var regularity = Indicator(score, "patrol-regularity");
        Assert.That(regularity.GetProperty("denominator").GetDouble(), Is.GreaterThanOrEqualTo(4));
        Assert.That(regularity.GetProperty("evidence").GetProperty("kind").GetString(), Is.EqualTo("days"));
        Assert.That(Indicator(score, "incidents").GetProperty("noData").GetString(), Is.EqualTo("feature-missing"));
        Assert.That((int)(await GetAsync("supervisor3", $"/api/assessment/scores/{id}/evidence/patrol-regularity")).Status, Is.EqualTo(428));
        var (status, days) = await GetAsync("supervisor3", $"/api/assessment/scores/{id}/evidence/patrol-regularity?reason=review");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), days.ToString());
        Assert.That(days.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("state").GetString()), Has.Member("patrolled").And.Member("missed"));
        var (_, cells) = await GetAsync("supervisor3", $"/api/assessment/scores/{id}/evidence/grid-coverage?reason=review");
        Assert.That(cells.GetProperty("cells").GetProperty("features").GetArrayLength(), Is.GreaterThan(0));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", $"/api/audit?action=open-evidence&worker={_worker}");
        Assert.That(audit.GetProperty("items")[0].GetProperty("reason").GetString(), Is.EqualTo("review"));
    }

    [Test]
    public async Task AnAppealIsDecidedByAnotherAndMakesANewVersion()
    {
        var id = await ScoreAsync();
        var (status, appeal) = await _demo.CallAsync("supervisor2", "POST", $"/api/assessment/scores/{id}/appeals", new { indicator = "patrol-regularity", words = "I was ill on Friday." });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), appeal.ToString());
        var again = await _demo.CallAsync("supervisor3", "POST", $"/api/assessment/scores/{id}/appeals", new { indicator = "patrol-regularity", words = "Again." });
        Assert.That((again.Status, Reason(again.Body)), Is.EqualTo((HttpStatusCode.Conflict, "appeal-open")));
        var path = $"/api/assessment/appeals/{appeal.GetProperty("id").GetString()}/decision";
        var friday = DateOnly.ParseExact(_week, "O").AddDays(4);
        var decision = new { upheld = true, words = "A note of the doctor's.", exclusion = new { kind = "leave", from = friday.ToString("O"), to = friday.AddDays(1).ToString("O") } };
        Assert.That(Reason((await _demo.CallAsync("supervisor2", "POST", path, decision)).Body), Is.EqualTo("own-appeal"));
        var decided = await _demo.CallAsync("supervisor3", "POST", path, decision);
        Assert.That(decided.Status, Is.EqualTo(HttpStatusCode.OK), decided.Body.ToString());
        Assert.That(Reason((await _demo.CallAsync("supervisor3", "POST", path, decision)).Body), Is.EqualTo("appeal-decided"));

        await Eventually.TrueAsync(
            async () => (await GetAsync("supervisor3", "/api/assessment/appeals?state=upheld")).Body.GetProperty("items")[0].GetProperty("snapshot").ValueKind == JsonValueKind.String,
            "a version came of it");
        var (_, now) = await GetAsync("supervisor3", $"/api/assessment/scores/{await ScoreAsync()}");
        Assert.That(now.GetProperty("history").EnumerateArray().Select(version => version.GetProperty("reason").GetString()), Is.EqualTo(new[] { "appeal", "closed" }));
        Assert.That(now.GetProperty("history")[0].GetProperty("changes")[0].GetProperty("indicator").GetString(), Is.EqualTo("patrol-regularity"));
        Assert.That(now.GetProperty("appeals").GetArrayLength(), Is.EqualTo(1));
        var late = await _demo.CallAsync("supervisor3", "POST", $"/api/assessment/scores/{id}/appeals", new { words = "The old one." });
        Assert.That(Reason(late.Body), Is.EqualTo("newer-version"));
        var (_, exclusions) = await GetAsync("supervisor2", $"/api/assessment/exclusions?subject={_worker}");
        Assert.That(exclusions.GetProperty("items")[0].GetProperty("kind").GetString(), Is.EqualTo("leave"));
    }

    [Test]
    public async Task AWorkerReadsAndAppealsAgainstOwnScoresWithADevice()
    {
        var device = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_demo.Folder, "demo.json"))).RootElement.GetProperty("devices")[0];
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.GetProperty("user").GetString()}:{device.GetProperty("password").GetString()}"));
        var own = await OwnAsync(HttpMethod.Get, "/api/assessed", basic, null);
        Assert.That(own.Status, Is.EqualTo(HttpStatusCode.OK), own.Body.ToString());
        var score = own.Body.GetProperty("items").EnumerateArray().First(item => item.GetProperty("snapshot").GetProperty("period").GetString() == "week");
        Assert.That(score.GetProperty("subject").GetString(), Is.EqualTo(device.GetProperty("worker").GetString()));
        var filed = await OwnAsync(HttpMethod.Post, $"/api/assessed/{score.GetProperty("id").GetInt64()}/appeals", basic, new { words = "My phone had no signal." });
        Assert.That((filed.Status, filed.Body.GetProperty("byWorker").GetBoolean()), Is.EqualTo((HttpStatusCode.Created, true)), filed.Body.ToString());
        Assert.That((await OwnAsync(HttpMethod.Get, "/api/assessed", "eDp5", null)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        var other = await ScoreOfAnotherAsync(device.GetProperty("worker").GetString()!);
        Assert.That((await OwnAsync(HttpMethod.Post, $"/api/assessed/{other}/appeals", basic, new { words = "Not mine." })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task TheExportIsCsvThatExcelOpens()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/assessment/week/export?starts={_week}&format=csv");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _demo.TokenOf("supervisor3"));
        using var response = await _demo.Server.Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.That(bytes[..3], Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.That(lines[0], Does.StartWith("period,starts,ends,version,state,subject_kind,subject,name,"));
        Assert.That(lines.Single(line => line.Contains($"\"{_worker}\"", StringComparison.Ordinal)), Does.Contain("feature-missing"));
        Assert.That((await GetAsync("supervisor3", "/api/assessment/week/export?format=pdf")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task RunAsync(DateOnly from, DateOnly to)
    {
        var (status, run) = await _demo.CallAsync("administrator", "POST", "/api/jobs/assessment/runs", new { from = from.ToString("O"), to = to.ToString("O") });
        Assert.That((int)status, Is.EqualTo(201).Or.EqualTo(200), run.ToString());
        JsonElement now = default;
        await Eventually.TrueAsync(
            async () => (now = (await _demo.CallAsync("administrator", "GET", $"/api/jobs/runs/{run.GetProperty("id").GetInt64()}")).Body).GetProperty("state").GetString() is "succeeded" or "failed",
            "the run has ended");
        Assert.That(now.GetProperty("state").GetString(), Is.EqualTo("succeeded"), now.ToString());
    }

    private async Task<long> ScoreAsync() => await FindAsync(item => item.GetProperty("subject").GetString() == _worker);

    private Task<long> ScoreOfAnotherAsync(string worker) => FindAsync(item => item.GetProperty("subject").GetString() != worker);

    private async Task<long> FindAsync(Func<JsonElement, bool> which)
    {
        string? cursor = null;
        do
        {
            var (_, page) = await GetAsync("supervisor3", $"/api/assessment/week/scores?starts={_week}&limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}");
            var found = page.GetProperty("items").EnumerateArray().Where(which).ToList();
            if (found.Count > 0)
            {
                return found[0].GetProperty("id").GetInt64();
            }

            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        throw new AssertionException("There is no such score.");
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string user, string path) => _demo.CallAsync(user, "GET", path);

    private async Task<(HttpStatusCode Status, JsonElement Body)> OwnAsync(HttpMethod method, string path, string basic, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        using var response = await _demo.Server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    private static JsonElement Indicator(JsonElement score, string indicator) =>
        score.GetProperty("indicators").EnumerateArray().Single(one => one.GetProperty("indicator").GetString() == indicator);

    private static string? Reason(JsonElement problem) => problem.GetProperty("reason").GetString();
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Tracks;
using CommandCenter.Tracks;
using Dapper;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary><c>GET /api/tracks/summary</c>, from the phone to the answer.</summary>
public sealed class TrackSummaryTests
{
    private DemoServer _demo = null!;
    private DateTimeOffset _first;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackWriter:FlushSeconds=0.2", "--TrackMeaning:DayPauseSeconds=0.5", "--TrackMeaning:DayRefreshMinutes=1");
        _first = DateTimeOffset.UtcNow.AddMinutes(-40);
        for (var n = 0; n < 100; n++)
        {
            // Five minutes of rest, then 1 km to the north, a fix each ten seconds.
            var north = Math.Max(0, n - 30) * 0.00012857;
            await SendAsync(_demo.Secrets.Devices[0].OsmandId, _first.AddSeconds(n * 10), 37.86 + north);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task TellsTripsStopsGapsAndVisits()
    {
        var summary = await SummaryAsync();

        Assert.That(summary.GetProperty("fixes").GetInt32(), Is.EqualTo(100));
        Assert.That(summary.GetProperty("lengthMeters").GetDouble(), Is.EqualTo(69 * 14.296).Within(3));
        Assert.That(summary.GetProperty("stops").GetArrayLength(), Is.EqualTo(1));
        Assert.That(summary.GetProperty("stops")[0].GetProperty("latitude").GetDouble(), Is.EqualTo(37.86).Within(0.0001));
        Assert.That(summary.GetProperty("trips").GetArrayLength(), Is.EqualTo(1));
        Assert.That(summary.GetProperty("trips")[0].GetProperty("averageSpeedMps").GetDouble(), Is.EqualTo(1.43).Within(0.1));
        Assert.That(summary.GetProperty("topSpeedMps").GetDouble(), Is.EqualTo(1.43).Within(0.05));
        Assert.That(summary.GetProperty("gaps").GetArrayLength(), Is.GreaterThanOrEqualTo(1), "no fix came in the last 23 minutes");
        Assert.That(summary.GetProperty("visits")[0].GetProperty("area").GetString(), Does.StartWith("140106"));
    }

    [Test]
    public async Task ALateFixIsInTheNextAnswer()
    {
        var device = _demo.Secrets.Devices[^1];
        for (var n = 0; n < 60; n++)
        {
            await SendAsync(device.OsmandId, _first.AddSeconds(n * 10), 37.86 + (n * 0.0001));
        }

        await SendAsync(device.OsmandId, _first.AddSeconds(1_300), 37.87);
        var before = await SummaryAsync(device.Worker);
        for (var n = 60; n < 130; n++)
        {
            await SendAsync(device.OsmandId, _first.AddSeconds(n * 10), 37.866 + ((n - 60) * 0.00005));
        }

        var after = await SummaryAsync(device.Worker);
        Assert.That(after.GetProperty("fixes").GetInt32(), Is.EqualTo(131));
        Assert.That(after.GetProperty("gaps").GetArrayLength(), Is.EqualTo(before.GetProperty("gaps").GetArrayLength() - 1));
        Assert.That(after.GetProperty("lengthMeters").GetDouble(), Is.GreaterThan(before.GetProperty("lengthMeters").GetDouble() + 300));
    }

    [Test]
    public async Task WhatWasHeardAndNotBelievedIsNoGapAndIsToldWithItsReason()
    {
        var device = _demo.Secrets.Devices[^2];
        for (var n = 0; n < 100; n++)
        {
            await SendAsync(device.OsmandId, _first.AddSeconds(n * 10), 37.86 + (n * 0.0001), n is >= 30 and < 60 ? "&mock=true" : "");
        }

        var summary = await SummaryAsync(device.Worker);

        Assert.That((summary.GetProperty("fixes").GetInt32(), summary.GetProperty("dropped").GetInt32()), Is.EqualTo((100, 30)));
        var (from, to) = (_first.AddSeconds(300), _first.AddSeconds(590));
        Assert.That(
            summary.GetProperty("gaps").EnumerateArray().Count(gap => gap.GetProperty("from").GetDateTimeOffset() < to && gap.GetProperty("to").GetDateTimeOffset() > from),
            Is.Zero,
            "the phone was heard all the time");
        var mock = summary.GetProperty("setAside").EnumerateArray().Single(run => run.GetProperty("reason").GetString() == "mock");
        Assert.That(mock.GetProperty("count").GetInt32(), Is.EqualTo(30));
        Assert.That(mock.GetProperty("from").GetDateTimeOffset(), Is.EqualTo(from).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(mock.GetProperty("to").GetDateTimeOffset(), Is.EqualTo(to).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(summary.GetProperty("setAsideMore").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task OneAnswerNamesSoManyRunsAndSaysThatThereAreMore()
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        var people = (await connection.QueryAsync<(int Id, string Code)>("select id, code from workers where code <> all(@used) order by id limit 12", new
        {
            used = _demo.Secrets.Devices.Select(device => device.Worker).Take(3).ToArray(),
        })).ToList();
        var hour = TrackPiece.HourOf(_first.AddDays(-5).ToUnixTimeMilliseconds());
        foreach (var (id, _) in people)
        {
            await TrackRows.InsertAsync(connection, TrackPiece.From([.. Enumerable.Range(0, 4_400).Select(n => new Fix
            {
                DeviceId = id, WorkerId = id, FixTimeMs = hour + (n * 800), LongitudeE7 = 1_125_700_000, LatitudeE7 = 378_600_000 + (n * 100), Flags = n % 2 == 0 ? FixFlags.Mock : FixFlags.None,
            })]));
        }

        var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(hour), DateTimeOffset.FromUnixTimeMilliseconds(hour + TrackPiece.HourMilliseconds));
        var (_, answer) = await _demo.CallAsync(
            "administrator", "GET", $"/api/tracks/summary?workers={string.Join(',', people.Select(one => one.Code))}&from={Moment(from)}&to={Moment(to)}&reason=check");

        var told = answer.GetProperty("items").EnumerateArray().Select(item => (Runs: item.GetProperty("setAside").GetArrayLength(), More: item.GetProperty("setAsideMore").GetInt32())).ToList();
        Assert.That(told.Select(one => one.Runs), Is.EqualTo(Enumerable.Repeat(2_000, 10).Concat([0, 0])));
        Assert.That(told.Select(one => one.More), Has.All.Positive.And.Exactly(2).GreaterThanOrEqualTo(2_200));
    }

    [Test]
    public async Task WithoutAReasonNothingIsTold()
    {
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", Path(_demo.Secrets.Devices[0].Worker));
        Assert.That(status, Is.EqualTo((HttpStatusCode)428));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("reason-required"));
        var (tooLong, _) = await _demo.CallAsync("dispatcher", "GET", Path(_demo.Secrets.Devices[0].Worker) + "&reason=" + new string('x', 201));
        Assert.That(tooLong, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task EachWorkerIsOnTheTrailWithReasonAndCase()
    {
        string[] workers = [_demo.Secrets.Devices[1].Worker, _demo.Secrets.Devices[2].Worker];
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(string.Join(',', workers)));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("supervisor"));
        request.Headers.Add("X-Audit-Reason", Uri.EscapeDataString("投诉核查"));
        request.Headers.Add("X-Audit-Case", "2026-77");
        using var answer = await _demo.Server.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=open-track&user=supervisor");
        var rows = audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == "投诉核查 [2026-77]").ToList();
        Assert.That(rows.Select(row => row.GetProperty("worker").GetString()), Is.EquivalentTo(workers));
        Assert.That(rows[0].GetProperty("detail").GetString(), Does.StartWith("summary "));
    }

    [Test]
    public async Task OneStrangerAmongTheWorkersClosesTheAnswerAndLeavesNoTrace()
    {
        string? inside = null, outside = null;
        foreach (var device in _demo.Secrets.Devices.DistinctBy(device => device.Worker))
        {
            var own = (await _demo.CallAsync("dispatcher-140106004", "GET", $"/api/workers/{device.Worker}")).Status == HttpStatusCode.OK;
            (inside, outside) = own ? (inside ?? device.Worker, outside) : (inside, outside ?? device.Worker);
            if (inside is not null && outside is not null)
            {
                break;
            }
        }

        var (status, problem) = await _demo.CallAsync("dispatcher-140106004", "GET", Path($"{inside},{outside}") + "&reason=probe");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("out-of-scope"));
        var (_, nobody) = await _demo.CallAsync("dispatcher-140106004", "GET", Path($"{inside},nobody-such") + "&reason=probe");
        Assert.That(nobody.GetProperty("detail").GetString(), Is.EqualTo(problem.GetProperty("detail").GetString()), "who is outside and who is not are told alike");
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?action=open-track&user=dispatcher-140106004");
        Assert.That(audit.GetProperty("items").EnumerateArray().Count(row => row.GetProperty("reason").GetString() == "probe"), Is.Zero);
    }

    [Test]
    public async Task TooMuchSaysHowToSplitIt()
    {
        var many = string.Join(',', Enumerable.Range(0, 60).Select(n => $"w{n}"));
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", Path(many) + "&reason=x");
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("workersAtOnce").GetInt32(), Is.EqualTo(50));

        var month = $"/api/tracks/summary?workers={string.Join(',', Enumerable.Range(0, 20).Select(n => $"w{n}"))}&from={Moment(_first.AddDays(-20))}&to={Moment(_first)}&reason=x";
        (_, problem) = await _demo.CallAsync("dispatcher", "GET", month);
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("too-much"));
        Assert.That(problem.GetProperty("daysAtOnce").GetInt32(), Is.EqualTo(10));
    }

    [TestCase("workers=&from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z", "workers")]
    [TestCase("workers=a&to=2026-11-22T01:00:00Z", "from")]
    [TestCase("workers=a&from=yesterday&to=2026-11-22T01:00:00Z", "from")]
    [TestCase("workers=a&from=0001-01-01T00:00:00Z&to=2026-11-22T01:00:00Z", "from")]
    [TestCase("workers=a&from=2026-11-22T00:00:00Z", "to")]
    [TestCase("workers=a&from=2026-11-22T02:00:00Z&to=2026-11-22T01:00:00Z", "to")]
    [TestCase("workers=a&from=2026-11-22T00:00:00Z&to=9999-12-31T23:59:59Z", "to")]
    [TestCase("workers=a&from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z&clean=perhaps", "clean")]
    public async Task BadArgumentsAreNamed(string query, string argument)
    {
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", $"/api/tracks/summary?{query}&reason=x");
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo(argument));
    }

    [Test]
    public async Task NobodySignedInIsToldNothing() =>
        Assert.That((await _demo.CallAsync(null, "GET", Path("a") + "&reason=x")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    private async Task<JsonElement> SummaryAsync(string? worker = null, string more = "")
    {
        var (status, body) = await _demo.CallAsync("dispatcher", "GET", Path(worker ?? _demo.Secrets.Devices[0].Worker) + "&reason=check" + more);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("items")[0];
    }

    private string Path(string workers) =>
        $"/api/tracks/summary?workers={Uri.EscapeDataString(workers)}&from={Moment(_first.AddMinutes(-1))}&to={Moment(DateTimeOffset.UtcNow)}";

    private static string Moment(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));

    private Task<string> TokenAsync(string user) =>
        DemoServer.SignInAsync(_demo.Server.Http, user, _demo.Secrets.Accounts.Single(account => account.User == user).Password);

    private async Task SendAsync(string osmandId, DateTimeOffset at, double latitude, string more = "")
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/osmand?id={osmandId}&timestamp={at.ToUnixTimeMilliseconds()}&lat={latitude:F7}&lon=112.57&accuracy=8&batt=41{more}");
        using var answer = await _demo.Server.Http.GetAsync(query);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}

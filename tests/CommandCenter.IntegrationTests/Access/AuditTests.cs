using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>Who looked at whom: for administrators, and for the worker who was looked at.</summary>
public sealed class AuditTests
{
    private DemoServer _demo = null!;
    private CommandCenter.Demo.DemoDevice _own = null!;
    private CommandCenter.Demo.DemoDevice _others = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();
        _own = _demo.Secrets.Devices[0];
        _others = _demo.Secrets.Devices.First(device => device.Worker != _own.Worker);
        await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{_own.Worker}?reason=late");
        await _demo.CallAsync("supervisor", "POST", $"/api/workers/{_own.Worker}/follow", new { reason = "call for help" });
        await _demo.CallAsync("wall", "POST", $"/api/workers/{_others.Worker}/follow");
        await _demo.CallAsync("dispatcher", "POST", $"/api/workers/{_own.Worker}/duty", new { onDuty = false });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task ShowsTheWorkerWhoLookedAndNothingElse()
    {
        using var answer = await WatchedAsync(_own.User, _own.Password);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        var rows = (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.That(rows.Select(row => (Text(row, "user"), Text(row, "role"), Text(row, "action"), Text(row, "reason"))), Is.EqualTo(new[]
        {
            ("supervisor", "supervisor", "follow", "call for help"),
            ("dispatcher", "dispatcher", "open-card", "late"),
        }));
        Assert.That(rows[0].EnumerateObject().Select(field => field.Name), Is.EquivalentTo(new[] { "at", "user", "role", "action", "reason" }));
    }

    [Test]
    public async Task PagesTheWorkersView()
    {
        using var first = await WatchedAsync(_own.User, _own.Password, "?limit=1");
        var page = await first.ReadJsonAsync();
        using var second = await WatchedAsync(_own.User, _own.Password, $"?limit=1&cursor={Text(page, "next")}");
        var last = await second.ReadJsonAsync();
        Assert.That((Text(page.GetProperty("items")[0], "action"), Text(last.GetProperty("items")[0], "action"), Text(last, "next")), Is.EqualTo(("follow", "open-card", (string?)null)));
        using var bad = await WatchedAsync(_own.User, _own.Password, "?limit=501");
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task ShowsNobodyElseTheWorkersView()
    {
        using var wrong = await WatchedAsync(_own.User, _others.Password);
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(wrong.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Basic"));
        using var person = await WatchedAsync("administrator", _demo.Secrets.Accounts.Single(account => account.User == "administrator").Password);
        Assert.That(person.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await _demo.CallAsync("administrator", "GET", "/api/watched")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        using var other = await WatchedAsync(_others.User, _others.Password);
        Assert.That((await other.ReadJsonAsync()).GetProperty("items").EnumerateArray().Select(row => Text(row, "user")), Is.EqualTo(new[] { "wall" }));
    }

    [Test]
    public async Task RefusesARevokedDeviceAndOneThatAsksTooOften()
    {
        var (_, device) = await _demo.CallAsync("administrator", "POST", "/api/devices", new { worker = _own.Worker });
        var (user, password) = (Text(device, "user")!, Text(device, "password")!);
        var statuses = new List<HttpStatusCode>();
        for (var n = 0; n < 35; n++)
        {
            using var answer = await WatchedAsync(user, password, "?limit=1");
            statuses.Add(answer.StatusCode);
        }

        Assert.That(statuses, Does.Contain(HttpStatusCode.OK).And.Contain(HttpStatusCode.TooManyRequests));
        using var other = await WatchedAsync(_own.User, _own.Password);
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the worker's other device is not held up");
        await _demo.CallAsync("administrator", "DELETE", $"/api/devices/{device.GetProperty("id").GetInt32()}");
        using var revoked = await WatchedAsync(user, password);
        Assert.That((revoked.StatusCode, Text(await revoked.ReadJsonAsync(), "reason")), Is.EqualTo((HttpStatusCode.Forbidden, "revoked-device")));
    }

    [Test]
    public async Task FindsByWorkerUserActionAndTime()
    {
        var byWorker = await TrailAsync($"worker={_own.Worker.ToLowerInvariant()}");
        Assert.That(byWorker.Select(row => Text(row, "action")), Is.SupersetOf(new[] { "change-duty", "follow", "open-card" }));
        Assert.That(byWorker.Select(row => Text(row, "worker")), Is.All.EqualTo(_own.Worker));
        var byUser = await TrailAsync("user=SUPERVISOR");
        Assert.That(byUser.Select(row => (Text(row, "user"), Text(row, "role"))), Is.Not.Empty.And.All.EqualTo(("supervisor", "supervisor")));
        var byBoth = await TrailAsync($"worker={_own.Worker}&action=follow");
        var row = byBoth.Single();
        Assert.That((Text(row, "user"), Text(row, "reason")), Is.EqualTo(("supervisor", "call for help")));
        var at = Uri.EscapeDataString(row.GetProperty("at").GetDateTimeOffset().ToString("O"));
        var after = Uri.EscapeDataString(row.GetProperty("at").GetDateTimeOffset().AddMilliseconds(1).ToString("O"));
        Assert.That(await TrailAsync($"action=follow&worker={_own.Worker}&from={at}"), Has.Count.EqualTo(1), "from is inclusive");
        Assert.That(await TrailAsync($"action=follow&worker={_own.Worker}&to={at}"), Is.Empty, "to is exclusive");
        Assert.That(await TrailAsync($"action=follow&worker={_own.Worker}&from={at}&to={after}"), Has.Count.EqualTo(1));
        Assert.That(await TrailAsync("worker=nobody"), Is.Empty);
    }

    [TestCase("from=yesterday", "from")]
    [TestCase("from=2026-01-01T00:00:00", "from")]
    [TestCase("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [TestCase("limit=5001", "limit")]
    [TestCase("cursor=zz!", "cursor")]
    public async Task NamesABadFilter(string query, string argument)
    {
        var (status, problem) = await _demo.CallAsync("administrator", "GET", $"/api/audit?{query}");
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    [Test]
    public async Task RefusesToFollowWhoIsElsewhereAndAReasonTooLong()
    {
        var (_, workers) = await _demo.CallAsync("administrator", "GET", "/api/workers?area=140106001&limit=1");
        var elsewhere = Text(workers.GetProperty("items")[0], "code");
        Assert.That((await _demo.CallAsync("dispatcher-140106004", "POST", $"/api/workers/{elsewhere}/follow")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var (status, problem) = await _demo.CallAsync("wall", "POST", $"/api/workers/{_own.Worker}/follow", new { reason = new string('x', 201) });
        Assert.That((status, Text(problem, "argument")), Is.EqualTo((HttpStatusCode.BadRequest, "reason")));
    }

    private async Task<List<JsonElement>> TrailAsync(string query)
    {
        var (status, body) = await _demo.CallAsync("administrator", "GET", $"/api/audit?{query}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return [.. body.GetProperty("items").EnumerateArray()];
    }

    private async Task<HttpResponseMessage> WatchedAsync(string user, string password, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/watched{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return await _demo.Server.Http.SendAsync(request);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}

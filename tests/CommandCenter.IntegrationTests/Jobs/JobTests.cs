using System.Net;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Jobs;

/// <summary>Runs by hand on one server: progress, end, cancel, failure, retry, and who may.</summary>
public sealed class JobTests
{
    private JobCenter _center = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _center = await JobCenter.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _center.DisposeAsync();

    [SetUp]
    public async Task OpenAsync()
    {
        await _center.FailAsync(null);
        await _center.OpenAsync(100);
    }

    [Test]
    public async Task ARunShowsItsProgressAndWhatItDid()
    {
        await _center.OpenAsync(4);
        var id = await _center.AskAsync("2026-11-01", "2026-11-03");
        await Eventually.TrueAsync(async () => (await _center.RunAsync(id)).GetProperty("done").GetInt64() == 4, "four steps are seen");
        var run = await _center.RunAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(run.GetProperty("state").GetString(), Is.EqualTo("running"));
            Assert.That(run.GetProperty("progress").GetDouble(), Is.EqualTo(0.4));
            Assert.That(run.GetProperty("rate").GetDouble(), Is.GreaterThan(0));
            Assert.That(run.GetProperty("remainingSeconds").GetDouble(), Is.GreaterThan(0));
            Assert.That(run.GetProperty("askedBy").GetString(), Is.EqualTo("administrator"));
        });
        var (_, jobs) = await _center.CallAsync("administrator", "GET", "/api/jobs");
        var job = jobs.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "stepping");
        Assert.That(job.GetProperty("running").GetProperty("id").GetInt64(), Is.EqualTo(id));

        await _center.OpenAsync(100);
        run = await _center.UntilAsync(id, "succeeded");
        Assert.Multiple(() =>
        {
            Assert.That(run.GetProperty("progress").GetDouble(), Is.EqualTo(1));
            Assert.That(run.GetProperty("result").GetString(), Is.EqualTo("Took ten steps."));
            Assert.That(run.GetProperty("counts").GetProperty("days").GetInt64(), Is.EqualTo(2));
            Assert.That(run.GetProperty("from").GetString(), Is.EqualTo("2026-11-01"));
            Assert.That(run.GetProperty("to").GetString(), Is.EqualTo("2026-11-03"));
        });
    }

    [Test]
    public async Task MomentsWidenToWholeDaysOfTheCenter()
    {
        // 23:30 on the 4th and 00:30 on the 6th in Shanghai.
        var id = await _center.AskAsync("2026-11-04T15:30:00Z", "2026-11-05T16:30:00Z");
        var run = await _center.UntilAsync(id, "succeeded");
        Assert.That((run.GetProperty("from").GetString(), run.GetProperty("to").GetString()), Is.EqualTo(("2026-11-04", "2026-11-07")));
    }

    [TestCase("2026-11-02", "2026-11-02", "to")]
    [TestCase("2026-11-02", "2026-11-01", "to")]
    [TestCase("2025-01-01", "2026-11-01", "to")]
    [TestCase("soon", "2026-11-01", "from")]
    [TestCase("2026-11-02", null, "to")]
    [TestCase("2026-11-01T00:00:00", "2026-11-02", "from")]
    [TestCase("1999-01-01", "1999-01-02", "from")]
    [TestCase("9998-01-01", "9998-01-02", "from")]
    [TestCase("0001-01-01", "0001-01-02", "from")]
    public async Task RefusesASpanByTheArgumentThatIsWrong(string from, string? to, string argument)
    {
        var (status, problem) = await _center.CallAsync("administrator", "POST", "/api/jobs/stepping/runs", new { from, to });
        Assert.That((status, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    [Test]
    public async Task ACancelledRunStops()
    {
        await _center.OpenAsync(2);
        var running = await _center.AskAsync("2026-10-01", "2026-10-02");
        await _center.UntilAsync(running, "running");
        var queued = await _center.AskAsync("2026-10-02", "2026-10-03");
        var (again, same) = await _center.CallAsync("administrator", "POST", "/api/jobs/stepping/runs", new { from = "2026-10-02", to = "2026-10-03" });
        Assert.That((again, same.GetProperty("id").GetInt64()), Is.EqualTo((HttpStatusCode.OK, queued)), "a window is not queued twice");

        var (status, run) = await _center.CallAsync("administrator", "POST", $"/api/jobs/runs/{queued}/cancel");
        Assert.That((status, run.GetProperty("state").GetString()), Is.EqualTo((HttpStatusCode.Accepted, "cancelled")), "at once");
        Assert.That((await _center.CallAsync("administrator", "POST", $"/api/jobs/runs/{running}/cancel")).Status, Is.EqualTo(HttpStatusCode.Accepted));
        await _center.UntilAsync(running, "cancelled");
        Assert.That((await _center.CallAsync("administrator", "POST", $"/api/jobs/runs/{running}/cancel")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await _center.ReadAsync<long>("select count(*) from audit where action = 'cancel-job' and user_name = 'administrator'"), Is.EqualTo(2));
    }

    [Test]
    public async Task AFailureTellsItsCauseAndCanBeRetried()
    {
        await _center.FailAsync("it is broken");
        var id = await _center.AskAsync("2026-09-01", "2026-09-02");
        var run = await _center.UntilAsync(id, "failed");
        Assert.That(run.GetProperty("error").GetString(), Is.EqualTo("InvalidOperationException: it is broken\nTimeoutException: because of this"));
        Assert.That(run.GetProperty("done").GetInt64(), Is.EqualTo(4));

        await _center.FailAsync(null);
        var (status, retry) = await _center.CallAsync("administrator", "POST", $"/api/jobs/runs/{id}/retry");
        Assert.That((status, retry.GetProperty("retryOf").GetInt64()), Is.EqualTo((HttpStatusCode.Created, id)));
        await _center.UntilAsync(retry.GetProperty("id").GetInt64(), "succeeded");
        Assert.That(await _center.ReadAsync<long>("select count(*) from audit where action = 'run-job' and detail like 'stepping 2026-09-01 to 2026-09-02, run %'"), Is.EqualTo(2));
    }

    [Test]
    public async Task AJobsRunsAreListedNewestFirstInPages()
    {
        var first = await _center.AskAsync("2026-08-01", "2026-08-02");
        await _center.UntilAsync(first, "succeeded");
        var second = await _center.AskAsync("2026-08-02", "2026-08-03");
        await _center.UntilAsync(second, "succeeded");
        var (_, page) = await _center.CallAsync("administrator", "GET", "/api/jobs/stepping/runs?limit=1");
        Assert.That(page.GetProperty("items")[0].GetProperty("id").GetInt64(), Is.EqualTo(second));
        (_, page) = await _center.CallAsync("administrator", "GET", $"/api/jobs/stepping/runs?limit=1&cursor={page.GetProperty("next").GetString()}");
        Assert.That(page.GetProperty("items")[0].GetProperty("id").GetInt64(), Is.EqualTo(first));
        Assert.That((await _center.CallAsync("administrator", "GET", "/api/jobs/stepping/runs?limit=0")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("GET", "/api/jobs")]
    [TestCase("POST", "/api/jobs/stepping/runs")]
    [TestCase("GET", "/api/jobs/stepping/runs")]
    [TestCase("GET", "/api/jobs/runs/1")]
    [TestCase("POST", "/api/jobs/runs/1/cancel")]
    [TestCase("POST", "/api/jobs/runs/1/retry")]
    public async Task IsForAdministratorsAlone(string method, string path)
    {
        foreach (var user in new[] { "dispatcher", "supervisor", "wall" })
        {
            Assert.That((await _center.CallAsync(user, method, path, method == "POST" ? new { } : null)).Status, Is.EqualTo(HttpStatusCode.Forbidden), user);
        }
    }

    [Test]
    public async Task AnAdministratorOfAPartMayLookButNotRun()
    {
        var part = new { user = "part", password = "a long password", role = "administrator", area = "140106001" };
        Assert.That((await _center.CallAsync("administrator", "POST", "/api/accounts", part)).Status, Is.EqualTo(HttpStatusCode.Created));
        await _center.SignInAsync("part", "a long password");
        Assert.That((await _center.CallAsync("part", "GET", "/api/jobs")).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var path in new[] { "/api/jobs/stepping/runs", "/api/jobs/runs/1/cancel", "/api/jobs/runs/1/retry" })
        {
            var (status, problem) = await _center.CallAsync("part", "POST", path, new { from = "2026-11-01", to = "2026-11-02" });
            Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "not-all-areas")), path);
        }
    }

    [TestCase("POST", "/api/jobs/nothing/runs")]
    [TestCase("GET", "/api/jobs/nothing/runs")]
    [TestCase("GET", "/api/jobs/runs/999999999")]
    [TestCase("POST", "/api/jobs/runs/999999999/cancel")]
    [TestCase("POST", "/api/jobs/runs/999999999/retry")]
    public async Task SaysSoWhenThereIsNone(string method, string path) =>
        Assert.That((await _center.CallAsync("administrator", method, path, method == "POST" ? new { } : null)).Status, Is.EqualTo(HttpStatusCode.NotFound));
}

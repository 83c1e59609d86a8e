using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;
using Dapper;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>From a phone to the squares it walked over, through a real server: fixes that are not stored yet count.</summary>
public sealed class CoverageServerTests
{
    [Test]
    public async Task WhatAPhoneWalkedCountsOnceTheJobWasAskedFor()
    {
        using var folder = new TemporaryFolder();
        await using var backends = await Backends.FreshAsync();

        // Nothing is written through as long as the test runs.
        await using var server = await ServerProcess.LaunchAsync(
            folder.Path, ServerProcess.Environment(backends), "--demo", "--Demo:Size=small", "--Access:PasswordIterations=10000", "--TrackWriter:FlushSeconds=300");
        await server.UntilReadyAsync();
        var center = await DemoCenter.OfAsync(server);
        var token = await center.SignInAsync("administrator");
        var start = DateTimeOffset.UtcNow.AddMinutes(-20);
        for (var n = 0; n <= 30; n++)
        {
            var at = start.AddSeconds(n * 10);
            Assert.That(await center.SendFixAsync(center.Devices[0], at.ToUnixTimeMilliseconds(), 112.57 + (n * 0.00014)), Is.EqualTo(HttpStatusCode.OK));
        }

        var zone = TimeSpan.FromHours(8);
        var (status, run) = await CallAsync(server, token, HttpMethod.Post, "/api/jobs/coverage/runs", new
        {
            from = start.ToOffset(zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            to = start.ToOffset(zone).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
        Assert.That(status, Is.AnyOf(HttpStatusCode.Created, HttpStatusCode.OK), run.ToString());
        await Eventually.TrueAsync(
            async () => (await CallAsync(server, token, HttpMethod.Get, $"/api/jobs/runs/{run.GetProperty("id").GetInt64()}")).Body.GetProperty("state").GetString() == "succeeded", "the run succeeded");

        await using var connection = await backends.DataSource.OpenConnectionAsync();
        var credited = await connection.QuerySingleAsync<long>(
            "select coalesce(sum(credited_ms), 0)::bigint from coverage_worker_days where worker_id = (select id from workers where code = @Worker)", center.Devices[0]);
        Assert.That(credited, Is.EqualTo(5 * 60_000), "five minutes, on whichever side of midnight");
        var (_, jobs) = await CallAsync(server, token, HttpMethod.Get, "/api/jobs");
        Assert.That(jobs.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("name").GetString()), Does.Contain("coverage"));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(ServerProcess server, string token, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.ReadJsonAsync());
    }
}

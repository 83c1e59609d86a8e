using System.Globalization;
using System.Net;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Positions;

/// <summary>The track on a worker's card, from the phone to the answer.</summary>
public sealed class WorkerTrackTests
{
    private DemoServer _demo = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _demo = await DemoServer.StartAsync("--TrackWriter:FlushSeconds=0.2");

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task ShowsTheWalkItsLengthAndItsGaps()
    {
        var device = _demo.Secrets.Devices[0];
        var first = DateTimeOffset.UtcNow.AddMinutes(-30);
        for (var n = 0; n < 20; n++)
        {
            // Ten fixes half a minute apart, a silence of twelve minutes, ten more up to five and a half minutes ago.
            var at = first.AddSeconds((n * 30) + (n >= 10 ? 720 : 0));
            var query = string.Create(
                CultureInfo.InvariantCulture,
                $"/osmand?id={device.OsmandId}&timestamp={at.ToUnixTimeMilliseconds()}&lat={37.86 + (n * 0.0003):F6}&lon=112.57&speed=2&accuracy=8&batt=41");
            using var answer = await _demo.Server.Http.GetAsync(query);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        var path = $"/api/workers/{device.Worker}/track?reason=a%20test&from={Uri.EscapeDataString(first.AddSeconds(-1).ToString("O"))}";
        System.Text.Json.JsonElement track = default;
        await Eventually.TrueAsync(
            async () =>
            {
                // The track is read from the log, the newest fix from the picture, which follows a moment later.
                track = (await _demo.CallAsync("dispatcher", "GET", path)).Body;
                return track.GetProperty("fixes").GetInt32() == 20 && track.GetProperty("latest").ValueKind == System.Text.Json.JsonValueKind.Object;
            },
            "all fixes are stored and seen");
        Assert.That(track.GetProperty("at").GetArrayLength(), Is.EqualTo(20));
        Assert.That(track.GetProperty("at")[0].GetInt64(), Is.EqualTo(first.ToUnixTimeMilliseconds()));
        Assert.That(track.GetProperty("longitudeE7")[7].GetInt32(), Is.EqualTo(1_125_700_000));
        Assert.That(track.GetProperty("distanceMeters").GetDouble(), Is.EqualTo(18 * 33.4).Within(5), "the way across the silence is not counted");
        var gaps = track.GetProperty("gaps").EnumerateArray().Select(gap => gap.GetProperty("to").GetDateTimeOffset() - gap.GetProperty("from").GetDateTimeOffset()).ToList();
        Assert.That(gaps, Has.Count.EqualTo(2), "the silence in the middle and the one since");
        Assert.That(gaps[0], Is.EqualTo(TimeSpan.FromSeconds(750)));
        var latest = track.GetProperty("latest");
        Assert.That(latest.GetProperty("batteryPercent").GetInt32(), Is.EqualTo(41));
        Assert.That(latest.GetProperty("accuracyMeters").GetDouble(), Is.EqualTo(8));
        Assert.That(latest.GetProperty("area").GetString(), Does.StartWith("140106"));
    }

    [Test]
    public async Task EachLookIsOnTheAuditTrail()
    {
        var worker = _demo.Secrets.Devices[1].Worker;
        await _demo.CallAsync("supervisor", "GET", $"/api/workers/{worker}/track?reason=complaint%2012");
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=50");
        var row = audit.GetProperty("items").EnumerateArray().First(entry => entry.GetProperty("action").GetString() == "open-track");
        Assert.That(row.GetProperty("worker").GetString(), Is.EqualTo(worker));
        Assert.That(row.GetProperty("user").GetString(), Is.EqualTo("supervisor"));
        Assert.That(row.GetProperty("reason").GetString(), Is.EqualTo("complaint 12"));
    }

    [Test]
    public async Task WhatWasBeforeTodayNeedsADispatchersRoleAndAReason()
    {
        var worker = _demo.Secrets.Devices[1].Worker;
        var path = $"/api/workers/{worker}/track?to={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-3).ToString("O"))}";

        var (wall, refused) = await _demo.CallAsync("wall", "GET", path + "&reason=x");
        Assert.That((wall, refused.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "role")));
        var (without, problem) = await _demo.CallAsync("dispatcher", "GET", path);
        Assert.That(((int)without, problem.GetProperty("reason").GetString()), Is.EqualTo((428, "reason-required")));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", path + "&reason=complaint%207&case=C-7")).Status, Is.EqualTo(HttpStatusCode.OK));
        var yesterday = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-24.5).ToString("O"));
        Assert.That((int)(await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{worker}/track?from={yesterday}")).Status, Is.EqualTo(428), "also where it reaches into today");

        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=50&action=open-track");
        Assert.That(audit.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("reason").GetString()), Has.Member("complaint 7 [C-7]"));
    }

    [Test]
    public async Task AWorkerWhoWasNeverHeardOfHasAnEmptyTrack()
    {
        var (status, track) = await _demo.CallAsync("wall", "GET", $"/api/workers/{_demo.Secrets.Devices[2].Worker}/track");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(track.GetProperty("fixes").GetInt32(), Is.Zero);
        Assert.That(track.GetProperty("latest").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [Test]
    public async Task AStrangersTrackStaysClosed()
    {
        var outside = _demo.Secrets.Devices.First(device => device.Worker != _demo.Secrets.Devices[1].Worker && !IsInside(device.Worker));
        var (status, problem) = await _demo.CallAsync("dispatcher-140106004", "GET", $"/api/workers/{outside.Worker}/track");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(problem.GetProperty("reason").GetString(), Is.EqualTo("out-of-scope"));

        bool IsInside(string worker) => _demo.CallAsync("dispatcher-140106004", "GET", $"/api/workers/{worker}").Result.Status == HttpStatusCode.OK;
    }

    [TestCase("from=yesterday")]
    [TestCase("to=2026-13-01")]
    [TestCase("to=0001-01-01T00:00:00Z")]
    [TestCase("to=9999-12-31T23:59:59Z")]
    [TestCase("from=2026-11-22T10:00:00Z&to=2026-11-22T09:00:00Z")]
    [TestCase("from=2026-11-01T00:00:00Z&to=2026-11-22T09:00:00Z")]
    public async Task RefusesIntervalsThatAreNone(string query)
    {
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{_demo.Secrets.Devices[0].Worker}/track?{query}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("from").Or.Contain("to"));
    }
}

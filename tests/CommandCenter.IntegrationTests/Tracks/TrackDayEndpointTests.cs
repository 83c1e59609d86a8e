using System.Net;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Days as they are kept, for scripts: paged, by scope, on the trail.</summary>
public sealed class TrackDayEndpointTests
{
    private DemoServer _demo = null!;
    private NpgsqlConnection _connection = null!;
    private (int Id, string Code)[] _inside = [];
    private (int Id, string Code) _outside;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();
        _connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        const string Sql = "select w.id, w.code from workers w join areas a on a.id = w.home_area_id where (a.code like '140106004%') = @inside order by w.id limit 2";
        _inside = [.. await _connection.QueryAsync<(int, string)>(Sql, new { inside = true })];
        _outside = (await _connection.QueryAsync<(int, string)>(Sql, new { inside = false })).First();
        await _connection.ExecuteAsync(
            """
            insert into track_days (worker_id, day, marks, summed_at, fixes, first_ms, last_ms, length_meters, moving_seconds, top_speed_mps, trips, stops, stopped_seconds)
            select w, date '2026-03-01' + d, 1, now(), 10 + d, 1772294400000, 1772298000000, 1234.5, 600, 3.25, 1, 2, 300 from unnest(@ids) as w, generate_series(0, 4) as d;
            update track_days set corrected_at = '2026-03-09T00:00:00Z', incomplete_since = '2026-09-09T00:00:00Z' where worker_id = @first and day = '2026-03-02';
            update track_days set due_since = now() + interval '1 day' where worker_id = @first and day = '2026-03-03';
            update track_days set summed_at = null, due_since = now() + interval '1 day' where worker_id = @first and day = '2026-03-05';
            """,
            new { ids = new[] { _inside[0].Id, _inside[1].Id, _outside.Id }, first = _inside[0].Id });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task TellsEachDayWithWhatIsKnownOfIt()
    {
        var (status, page) = await GetAsync("dispatcher", $"workers={_inside[0].Code}&from=2026-03-01&to=2026-03-31&reason=x");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var days = page.GetProperty("items").EnumerateArray().ToList();
        Assert.That(days.Select(day => day.GetProperty("day").GetString()), Is.EqualTo(new[] { "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04" }), "one was never summed up");
        Assert.That(days[0].GetProperty("worker").GetString(), Is.EqualTo(_inside[0].Code));
        Assert.That(days[0].GetProperty("lengthMeters").GetDouble(), Is.EqualTo(1234.5));
        Assert.That(days[0].GetProperty("firstAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1772294400000)));
        Assert.That(days.Select(day => day.GetProperty("correctedAt").ValueKind != JsonValueKind.Null), Is.EqualTo(new[] { false, true, false, false }));
        Assert.That(days.Select(day => day.GetProperty("complete").GetBoolean()), Is.EqualTo(new[] { true, false, true, true }));
        Assert.That(days.Select(day => day.GetProperty("due").GetBoolean()), Is.EqualTo(new[] { false, false, true, false }));
    }

    [Test]
    public async Task AnAreaIsThoseAtHomeInItPageByPage()
    {
        var all = new List<(string?, string?)>();
        for (var cursor = ""; cursor is not null;)
        {
            var (status, page) = await GetAsync("dispatcher-140106004", $"area=140106004&from=2026-03-02&to=2026-03-04&limit=4&reason=x{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}");
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(day => (day.GetProperty("worker").GetString(), day.GetProperty("day").GetString())));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.That(all, Is.EqualTo(_inside.SelectMany(worker => new[] { 2, 3, 4 }.Select(day => ((string?)worker.Code, (string?)$"2026-03-0{day}")))));
    }

    [Test]
    public async Task WhoeverIsToldOfIsOnTheTrailAndNobodyElse()
    {
        await GetAsync("dispatcher", "area=140106&from=2026-03-01&to=2026-03-01&limit=2&reason=payroll&case=P-3");

        var rows = (await _connection.QueryAsync<(int? Worker, string Detail)>("select worker_id, detail from audit where action = 'open-track' and reason = 'payroll [P-3]' order by id")).ToList();
        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows[0].Detail, Is.EqualTo("days 2026-03-01/2026-03-01"));
    }

    [Test]
    public async Task WhatMayNotBeAskedIsRefused()
    {
        const string Days = "&from=2026-03-01&to=2026-03-31";
        var fine = $"workers={_inside[0].Code}{Days}";
        Assert.That(await StatusAsync("wall", fine + "&reason=x"), Is.EqualTo(403));
        Assert.That(await StatusAsync("dispatcher", fine), Is.EqualTo(428));
        Assert.That(await StatusAsync("dispatcher-140106004", $"workers={_inside[0].Code},{_outside.Code}{Days}&reason=x"), Is.EqualTo(403));
        Assert.That(await StatusAsync("dispatcher-140106004", $"area=140106{Days}&reason=x"), Is.EqualTo(403));
        foreach (var wrong in (string[])[$"{fine}&area=140106", Days[1..], "workers=a&from=2026-03-01", "workers=a&from=2026-3-1&to=2026-03-02", "workers=a&from=2026-03-02&to=2026-03-01", $"{fine}&cursor=x", $"{fine}&limit=0"])
        {
            Assert.That(await StatusAsync("dispatcher", wrong + "&reason=x"), Is.EqualTo(400), wrong);
        }
    }

    private async Task<int> StatusAsync(string user, string query) => (int)(await GetAsync(user, query)).Status;

    private Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string user, string query) => _demo.CallAsync(user, "GET", $"/api/tracks/days?{query}");
}

using System.Globalization;
using System.Net;
using CommandCenter.Contracts.Tracks;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Somebody who left the roster was somewhere before: by the area that was home last, and by the same rules as everybody.</summary>
public sealed class LeaverTests
{
    private DemoServer _demo = null!;
    private NpgsqlConnection _connection = null!;
    private string _code = "";
    private int _id;
    private long _hour;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackFolding:Enabled=false");
        _connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        _hour = TrackPiece.HourOf(DateTimeOffset.UtcNow.AddDays(-2).ToUnixTimeMilliseconds());
        (_code, _id) = await LeaveAsync(0);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [TestCase("/api/tracks?workers={0}&from={1}&to={2}&reason=x")]
    [TestCase("/api/tracks/summary?workers={0}&from={1}&to={2}&reason=x")]
    [TestCase("/api/tracks/export?workers={0}&from={1}&to={2}&reason=x&format=geojson")]
    [TestCase("/api/workers/{0}/track?from={1}&to={2}&reason=x")]
    public async Task TheirTracksAreReadWhereTheyWereAtHomeAndNowhereElse(string path)
    {
        var asked = string.Format(CultureInfo.InvariantCulture, path, _code, TrackJsonBody.Text(_hour), TrackJsonBody.Text(_hour + TrackPiece.HourMilliseconds));
        var (status, told) = await _demo.CallAsync("dispatcher-140106004", "GET", asked);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(told.GetRawText(), Does.Contain(_code));

        await _connection.ExecuteAsync("update workers set home_area_id = (select id from areas where code = '140106') where id = @_id", new { _id });
        try
        {
            Assert.That((await _demo.CallAsync("dispatcher-140106004", "GET", asked)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await _demo.CallAsync("dispatcher", "GET", asked)).Status, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            await _connection.ExecuteAsync("update workers set home_area_id = (select id from areas where code = '140106004') where id = @_id", new { _id });
        }
    }

    [Test]
    public async Task TheSearchFindsThemMarkedWhereTheyWereAtHomeAndOnlyWhenAskedTo()
    {
        var search = $"/api/workers?search={_code.ToLowerInvariant()}";
        Assert.That((await _demo.CallAsync("dispatcher", "GET", search)).Body.GetProperty("items").GetArrayLength(), Is.Zero);

        var (status, told) = await _demo.CallAsync("dispatcher-140106004", "GET", search + "&leavers=true");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var one = told.GetProperty("items").EnumerateArray().Single();
        Assert.That((one.GetProperty("code").GetString(), one.GetProperty("onDuty").GetBoolean()), Is.EqualTo((_code, false)));
        Assert.That(one.GetProperty("left").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(10)));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", search + "&leavers=true&onDuty=true")).Body.GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await _demo.CallAsync("dispatcher", "GET", search + "&leavers=true&area=140106005")).Body.GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await _demo.CallAsync("dispatcher-140106004", "GET", search + "&leavers=true&area=140106005")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", "/api/workers?search=%25&leavers=true")).Body.GetProperty("items").GetArrayLength(), Is.Zero, "a per cent sign is one");

        var (wall, problem) = await _demo.CallAsync("wall", "GET", search + "&leavers=true");
        Assert.That((wall, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "role")));
        Assert.That((await _demo.CallAsync("dispatcher", "GET", search + "&leavers=yes")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task PagesTellEverybodyOnceInOrderThoseOfTheRosterAmongThem()
    {
        var everybody = await _connection.QueryAsync<string>(
            "select w.code from workers w join areas a on a.id = w.home_area_id where a.code like '140106004%' order by w.id");
        var told = new List<(string Code, bool HasLeft)>();
        for (var cursor = ""; ;)
        {
            var (_, page) = await _demo.CallAsync("dispatcher-140106004", "GET", $"/api/workers?leavers=true&limit=3&cursor={cursor}");
            told.AddRange(page.GetProperty("items").EnumerateArray().Select(one =>
                (one.GetProperty("code").GetString()!, one.GetProperty("left").ValueKind == System.Text.Json.JsonValueKind.String)));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }

            cursor = next;
        }

        Assert.That(told.Select(one => one.Code), Is.EqualTo(everybody));
        Assert.That(told.Where(one => one.HasLeft).Select(one => one.Code), Does.Contain(_code));
        Assert.That(told.Where(one => !one.HasLeft), Is.Not.Empty);
    }

    [Test]
    public async Task TheHubTellsThemByNameAndAmongThoseWhoWereInAnArea()
    {
        await using var wall = await WallClient.ConnectAsync(_demo.Server, _demo.TokenOf("dispatcher"));
        foreach (var request in new[]
        {
            new TrackRequest { Workers = [_code.ToLowerInvariant()], From = _hour, To = _hour + TrackPiece.HourMilliseconds, Reason = "x" },
            new TrackRequest { Area = "140106004", From = _hour, To = _hour + TrackPiece.HourMilliseconds, Reason = "x" },
        })
        {
            var names = new List<string>();
            TrackEnd? end = null;
            await foreach (var chunk in wall.Tracks(request))
            {
                names.AddRange((chunk.Names ?? []).Select(name => name.Worker));
                end = chunk.End;
            }

            Assert.That((names.Single(), end!.Fixes), Is.EqualTo((_code, 60L)));
        }
    }

    [Test]
    public async Task ASummaryKnowsTheirTimesOnDuty()
    {
        await _connection.ExecuteAsync(
            "update duty_periods p set started_at = @from where worker_id = @_id and started_at = (select max(started_at) from duty_periods where worker_id = @_id)", new { _id, from = DateTimeOffset.FromUnixTimeMilliseconds(_hour).AddHours(-1) });
        var (_, told) = await _demo.CallAsync(
            "dispatcher", "GET", $"/api/tracks/summary?workers={_code}&from={TrackJsonBody.Text(_hour)}&to={TrackJsonBody.Text(_hour + TrackPiece.HourMilliseconds)}&reason=x");

        Assert.That(told.GetProperty("items")[0].GetProperty("gaps").GetArrayLength(), Is.EqualTo(1), "the rest of the hour");
    }

    [Test]
    public async Task TheCardOfTodayIsForThoseOnTheRoster() =>
        Assert.That((await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{_code}/track")).Status, Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    public async Task ACaseHoldsTheirTracksAndAnErasureDeletesThem()
    {
        var (code, id) = await LeaveAsync(1);
        var (status, hold) = await _demo.CallAsync("supervisor", "POST", "/api/tracks/holds", new
        {
            workers = new[] { code },
            from = DateTimeOffset.UtcNow.AddDays(-30),
            to = DateTimeOffset.UtcNow,
            until = DateTimeOffset.UtcNow.AddDays(30),
            @case = "2026-118",
            reason = "complaint",
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        var (_, holds) = await _demo.CallAsync("supervisor", "GET", "/api/tracks/holds");
        Assert.That(holds.GetProperty("items")[0].GetProperty("workers")[0].GetString(), Is.EqualTo(code));

        var (_, blocked) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x" });
        Assert.That(blocked.GetProperty("heldFor")[0].GetString(), Is.EqualTo("2026-118"));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", $"/api/tracks/holds/{hold.GetProperty("id").GetInt64()}?reason=closed")).Status, Is.EqualTo(HttpStatusCode.NoContent));

        var (_, plan) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x" });
        var (erased, _) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/erasure", new { reason = "x", plan = plan.GetProperty("plan").GetString() });
        Assert.That(erased, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*)::int from track_parts where worker_id = @id", new { id }), Is.Zero);
    }

    /// <summary>The n-th of the subdistrict's workers, with ten minutes of a track two days ago, leaves.</summary>
    [Test]
    public async Task AHoldOfAnAreaNamesWhoHasLeftSinceAndNobodyWhoLeftBefore()
    {
        var now = DateTimeOffset.UtcNow;
        var hold = await HoldAsync(now.AddDays(-3), now);
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*)::int from track_hold_workers where hold_id = @hold and worker_id = @_id", new { hold, _id }), Is.EqualTo(1));

        await _connection.ExecuteAsync("update workers set left_at = left_at - interval '9 days' where id = @_id", new { _id });
        hold = await HoldAsync(now.AddDays(-3), now);
        await _connection.ExecuteAsync("update workers set left_at = left_at + interval '9 days' where id = @_id", new { _id });
        Assert.That(await _connection.QuerySingleAsync<int>("select count(*)::int from track_hold_workers where hold_id = @hold and worker_id = @_id", new { hold, _id }), Is.Zero);
    }

    private async Task<long> HoldAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var (status, hold) = await _demo.CallAsync(
            "administrator", "POST", "/api/tracks/holds", new { area = "140106004", from, to, until = to.AddDays(30), @case = "2026-9", reason = "an accident" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), hold.ToString());
        return hold.GetProperty("id").GetInt64();
    }

    private async Task<(string Code, int Id)> LeaveAsync(int n)
    {
        var (code, id) = await _connection.QueryFirstAsync<(string, int)>(
            "select w.code, w.id from workers w join areas a on a.id = w.home_area_id where a.code like '140106004%' and exists (select 1 from duty_periods p where p.worker_id = w.id) order by w.id offset @n",
            new { n });
        var wkb = await _connection.QuerySingleAsync<byte[]>("select v.geometry from area_versions v join areas a on a.id = v.area_id where a.code = '140106004' and v.valid_to is null");
        var place = new NetTopologySuite.IO.WKBReader().Read(wkb).InteriorPoint;
        await TrackRows.InsertAsync(_connection, TrackPiece.From([.. Enumerable.Range(0, 60).Select(n =>
            TrackRows.Fix(id, _hour + (n * 10_000)) with { LongitudeE7 = (int)(place.X * 1e7), LatitudeE7 = (int)(place.Y * 1e7) })]));
        Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{code}/leave")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await Eventually.TrueAsync(async () => (await _demo.CallAsync("administrator", "GET", $"/api/workers/{code}")).Status != HttpStatusCode.OK, "off the roster");
        return (code, id);
    }
}

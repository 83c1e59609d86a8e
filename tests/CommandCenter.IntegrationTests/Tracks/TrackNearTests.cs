using System.Globalization;
using System.Net;
using System.Text.Json;
using CommandCenter.Contracts.Tracks;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Tracks;
using CommandCenter.Tracks.Reading;
using Dapper;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Who was near a place: stored pieces and the log's tail, through the scope of who asks, with a row on the trail for each who is told of.</summary>
public sealed class TrackNearTests
{
    private const double Longitude = 112.5726;
    private const double Latitude = 37.8571;

    /// <summary>Degrees of latitude in a metre.</summary>
    private const double Meter = 1 / 111_195.0;

    private DemoServer _demo = null!;
    private long _hour;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackWriter:FlushSeconds=300", "--TrackFolding:Enabled=false");
        _hour = TrackPiece.HourOf(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) - (5 * TrackPiece.HourMilliseconds);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _demo.DisposeAsync();

    [Test]
    public async Task TellsWhoWasInTheCircleThenNearestFirstAndNobodyElse()
    {
        var ids = await IdsAsync("140106%", 4);
        await StoreAsync(Piece(ids[0], _hour, 600, 150), Piece(ids[1], _hour, 660, 20), Piece(ids[2], _hour, 600, 250), Piece(ids[3], _hour, 3_000, 10));

        var (status, answer) = await AskAsync("dispatcher", 200, _hour + (5 * 60_000), _hour + (20 * 60_000));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.That(items.Select(item => item.GetProperty("worker").GetString()), Is.EqualTo(new[] { await CodeOfAsync(ids[1]), await CodeOfAsync(ids[0]) }));
        Assert.That(items[0].GetProperty("meters").GetDouble(), Is.EqualTo(20).Within(0.5));
        Assert.That(items[0].GetProperty("left").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(items[0].GetProperty("at").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(_hour + 660_000)));
        Assert.That(answer.GetProperty("more").GetInt32() + answer.GetProperty("outside").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task WhatAPhoneWasAnsweredForAMomentAgoCounts()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var device = _demo.Secrets.Devices[0];
        using var sent = await _demo.Server.Http.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"/osmand?id={device.OsmandId}&timestamp={now}&lat={Latitude}&lon={Longitude}&speed=1&accuracy=8&batt=41"));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var (_, answer) = await AskAsync("dispatcher", 50, now - 60_000, now + 60_000);

        Assert.That(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("worker").GetString()), Does.Contain(device.Worker));
    }

    [Test]
    public async Task WhoIsAtHomeElsewhereIsCountedAndNotToldAndEachWhoIsToldIsOnTheTrail()
    {
        var hour = _hour - (3 * TrackPiece.HourMilliseconds);
        var own = (await IdsAsync("140106004%", 1))[0];
        var other = (await IdsAsync("140106005%", 1))[0];
        await StoreAsync(Piece(own, hour, 600, 30), Piece(other, hour, 600, 10));

        var (_, answer) = await AskAsync("dispatcher-140106004", 100, hour, hour + TrackPiece.HourMilliseconds, "走访 附近");

        Assert.That(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("worker").GetString()), Is.EqualTo(new[] { await CodeOfAsync(own) }));
        Assert.That(answer.GetProperty("outside").GetInt32(), Is.EqualTo(1));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=200&action=open-track");
        var rows = audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == "走访 附近").ToList();
        Assert.That(rows.Select(row => row.GetProperty("worker").GetString()), Is.EqualTo(new[] { await CodeOfAsync(own) }));
        Assert.That(rows[0].GetProperty("detail").GetString(), Does.EndWith("near=112.5726,37.8571,100"));
    }

    [Test]
    public async Task WhoHasLeftSinceWasThereAllTheSameByTheHomeOfThen()
    {
        var hour = _hour - (6 * TrackPiece.HourMilliseconds);
        var (own, other) = ((await IdsAsync("140106004%", 3))[2], (await IdsAsync("140106005%", 3))[2]);
        await StoreAsync(Piece(own, hour, 600, 30), Piece(other, hour, 600, 10));
        foreach (var id in (int[])[own, other])
        {
            Assert.That((await _demo.CallAsync("administrator", "POST", $"/api/workers/{await CodeOfAsync(id)}/leave")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        }

        var (_, answer) = await AskAsync("dispatcher-140106004", 100, hour, hour + TrackPiece.HourMilliseconds, "left");

        Assert.That(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("worker").GetString()), Is.EqualTo(new[] { await CodeOfAsync(own) }));
        Assert.That(answer.GetProperty("items")[0].GetProperty("left").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)), "and is marked as in the search");
        Assert.That(answer.GetProperty("outside").GetInt32(), Is.EqualTo(1));
        var (_, audit) = await _demo.CallAsync("administrator", "GET", "/api/audit?limit=200&action=open-track");
        Assert.That(
            audit.GetProperty("items").EnumerateArray().Where(row => row.GetProperty("reason").GetString() == "left").Select(row => row.GetProperty("worker").GetString()),
            Is.EqualTo(new[] { await CodeOfAsync(own) }));
    }

    [TestCase("112.57,37.85,2001", 60, "near")]
    [TestCase("112.57,37.85,0", 60, "near")]
    [TestCase("112.57,99,100", 60, "near")]
    [TestCase("112.57,37.85", 60, "near")]
    [TestCase("", 60, "near")]
    [TestCase("112.57,NaN,100", 60, "near")]
    [TestCase("112.57,37.85,100", 181, "to")]
    [TestCase("112.57,37.85,100", 0, "to")]
    [TestCase("112.57,37.85,100", -2_000_000, "to")]
    public async Task WhatIsTooMuchOrNonsenseIsRefusedByName(string near, int minutes, string argument)
    {
        var (status, problem) = await AskAsync("dispatcher", near, _hour, _hour + (minutes * 60_000L), "a test");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo(argument));
    }

    [Test]
    public async Task NeedsAReasonAndADispatcher()
    {
        var (unreasoned, _) = await AskAsync("dispatcher", 100, _hour, _hour + 60_000, "");
        var (wall, _) = await AskAsync("wall", 100, _hour, _hour + 60_000);

        Assert.That(unreasoned, Is.EqualTo(HttpStatusCode.PreconditionRequired));
        Assert.That(wall, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string user, double meters, long from, long to, string reason = "a test") =>
        AskAsync(user, string.Create(CultureInfo.InvariantCulture, $"{Longitude},{Latitude},{meters}"), from, to, reason);

    private async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string user, string near, long from, long to, string reason) => await _demo.CallAsync(
        user,
        "GET",
        $"/api/tracks/near?near={near}&from={Uri.EscapeDataString(TrackJsonBody.Text(from))}&to={Uri.EscapeDataString(TrackJsonBody.Text(to))}&reason={Uri.EscapeDataString(reason)}");

    /// <summary>A minute of fixes so many metres north of the place.</summary>
    private static TrackPiece Piece(int worker, long hour, int second, double meters) => TrackPiece.From([.. Enumerable.Range(0, 12).Select(n => new Fix
    {
        DeviceId = worker,
        WorkerId = worker,
        FixTimeMs = hour + ((second + (n * 5)) * 1_000L),
        LongitudeE7 = (int)(Longitude * 1e7),
        LatitudeE7 = (int)((Latitude + ((meters + n) * Meter)) * 1e7),
    })]);

    private async Task StoreAsync(params TrackPiece[] pieces)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        foreach (var piece in pieces)
        {
            await connection.ExecuteAsync(
                "insert into track_pieces (worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body) "
                + "values (@WorkerId, @HourMs, @FirstMs, @LastMs, @Count, @WestE7, @SouthE7, @EastE7, @NorthE7, @LengthMeters, @Body)",
                piece);
        }
    }

    private async Task<int[]> IdsAsync(string areas, int count)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<int>(
            "select w.id from workers w join areas a on a.id = w.home_area_id where w.left_at is null and a.code like @areas order by w.id desc limit @count", new { areas, count })];
    }

    private async Task<string> CodeOfAsync(int id)
    {
        await using var connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>("select code from workers where id = @id", new { id });
    }
}

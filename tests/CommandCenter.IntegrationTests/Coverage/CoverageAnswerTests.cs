using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CommandCenter.Coverage.Answers;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Coverage;

/// <summary>Pictures, rates, squares and exports of a real server, on days that were reckoned.</summary>
public sealed class CoverageAnswerTests
{
    private WalkedDemo _walked = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _walked = await WalkedDemo.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _walked.DisposeAsync();

    [TestCase("age", 5.0)]
    [TestCase("visits", 3.5)]
    [TestCase("dwell", 110.0)]
    [TestCase("blind", 0.0)]
    public async Task APictureSaysOfEachSquareWhatWasEarnedThere(string measure, double expected)
    {
        var picture = await _walked.ReadAsync("dispatcher", $"/api/coverage?area={_walked.OwnGrid}&{_walked.Window}&measure={measure}");

        var square = picture.GetProperty("features").EnumerateArray().Single(feature => feature.GetProperty("id").GetString() == Key(_walked.OwnCell.Key));
        Assert.That(square.GetProperty("properties").GetProperty("value").GetDouble(), Is.EqualTo(expected), "of two days that were reckoned");
        Assert.That((picture.GetProperty("days").GetInt32(), picture.GetProperty("reckoned").GetInt32()), Is.EqualTo((7, 2)));
        Assert.That(square.GetProperty("geometry").GetProperty("coordinates")[0].GetArrayLength(), Is.EqualTo(5));
        var others = picture.GetProperty("features").EnumerateArray().Where(feature => feature.GetProperty("id").GetString() != Key(_walked.OwnCell.Key)).ToList();
        Assert.That(others, Is.Not.Empty);
        Assert.That(others.All(feature => feature.GetProperty("properties").GetProperty("value").ValueKind == JsonValueKind.Null), Is.EqualTo(measure is "age" or "blind"), "longer, or not known");
    }

    [Test]
    public async Task AnUnchangedPictureIsSentOnceAndAnotherOneWhenADayIsReckonedAgain()
    {
        var path = $"/api/coverage?area={_walked.OtherGrid}&{_walked.Window}&measure=dwell&size=100";
        var (first, bytes) = await _walked.GetAsync("wall", path, PackedPicture.MediaType);
        var (again, none) = await _walked.GetAsync("wall", path, PackedPicture.MediaType, first.Headers.ETag);
        await _walked.KeepAgainAsync(_walked.Second, 4_000);
        var (changed, other) = await _walked.GetAsync("wall", path, PackedPicture.MediaType, first.Headers.ETag);
        await _walked.KeepAgainAsync(_walked.Second, 45);

        Assert.That((first.StatusCode, first.Content.Headers.ContentType!.MediaType), Is.EqualTo((HttpStatusCode.OK, PackedPicture.MediaType)));
        Assert.That(bytes[..4], Is.EqualTo("CCC1"u8.ToArray()));
        Assert.That(first.Headers.CacheControl!.ToString(), Is.EqualTo("no-cache, private"));
        Assert.That(first.Headers.Contains("Coverage-Reckoned-At"), Is.True);
        Assert.That((again.StatusCode, none.Length), Is.EqualTo((HttpStatusCode.NotModified, 0)));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(other, Is.Not.EqualTo(bytes));
    }

    [Test]
    public async Task DamagedTracksAndCorrectionsAreToldOfTheDayTheyLieIn()
    {
        await using var connection = new NpgsqlConnection(_walked.Demo.Backends.Postgres);
        var arguments = new { day = _walked.First.ToDateTime(TimeOnly.MinValue) };
        await connection.ExecuteAsync(
            """
            update coverage_days set damaged = 3, version = version + 1, corrected_at = '2026-11-20 05:00Z', reckoned_at = now() + interval '1 day',
                correction = '{"Workers":1,"CreditedMs":61000,"Cells":2,"Visits":3,"Passes":-4}'
            where day = @day::date
            """,
            arguments);
        try
        {
            var rates = await _walked.ReadAsync("wall", $"/api/coverage/rates?{_walked.Window}");
            var part = await _walked.ReadAsync(WalkedDemo.Small, $"/api/coverage/rates?{_walked.Window}");
            var cell = await _walked.ReadAsync("dispatcher", $"/api/coverage/cells/{_walked.OwnCell.Key}?{_walked.Window}");
            var picture = await _walked.ReadAsync("dispatcher", $"/api/coverage?area={_walked.OwnGrid}&{_walked.Window}&measure=dwell");
            var (packed, _) = await _walked.GetAsync("wall", $"/api/coverage?area={_walked.OwnGrid}&{_walked.Window}&measure=dwell", PackedPicture.MediaType);
            var (after, _) = await _walked.GetAsync("wall", $"/api/coverage?area={_walked.OwnGrid}&from={_walked.Second:yyyy-MM-dd}&to={_walked.To:yyyy-MM-dd}&measure=dwell", PackedPicture.MediaType);

            Assert.That(rates.GetProperty("trend").EnumerateArray().Select(day => day.GetProperty("damaged").GetInt32()), Is.EqualTo(new[] { 3, 0 }));
            Assert.That((rates.GetProperty("damaged").GetInt32(), picture.GetProperty("damaged").GetInt32()), Is.EqualTo((3, 3)));
            Assert.That(packed.Headers.GetValues("Coverage-Damaged"), Is.EqualTo(new[] { "3" }));
            Assert.That(after.Headers.Contains("Coverage-Damaged"), Is.False, "the day is not in that window");
            Assert.That(cell.GetProperty("damagedDays").EnumerateArray().Select(day => day.GetString()), Is.EqualTo(new[] { _walked.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }));
            var correction = rates.GetProperty("corrections").EnumerateArray().Single();
            Assert.That(correction.GetProperty("day").GetString(), Is.EqualTo(_walked.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            Assert.That(
                correction.GetProperty("difference").EnumerateObject().Select(figure => (figure.Name, figure.Value.GetInt32())),
                Is.EqualTo(new[] { ("workers", 1), ("dwellSeconds", 61), ("squares", 2), ("visits", 3), ("passes", -4) }));
            Assert.That(part.GetProperty("corrections")[0].GetProperty("difference").ValueKind, Is.EqualTo(JsonValueKind.Null), "the whole center's figures are not theirs");
            Assert.That(rates.GetProperty("reckonedAt").GetDateTimeOffset(), Is.LessThan(DateTimeOffset.UtcNow.AddMinutes(5)), "as old as the newest day, not as the one that was looked at last");
        }
        finally
        {
            await connection.ExecuteAsync(
                "update coverage_days set damaged = 0, version = version + 1, corrected_at = null, correction = null, reckoned_at = now() where day = @day::date", arguments);
        }
    }

    [Test]
    public async Task AViewerSeesHisOwnAreaAlone()
    {
        var own = await _walked.ReadAsync(WalkedDemo.Small, $"/api/coverage/rates?{_walked.Window}");
        var (outside, refusal) = await _walked.Demo.CallAsync(WalkedDemo.Small, "GET", $"/api/coverage?area={WalkedDemo.Other}&{_walked.Window}&measure=age");
        var (nowhere, same) = await _walked.Demo.CallAsync(WalkedDemo.Small, "GET", $"/api/coverage?area=none&{_walked.Window}&measure=age");
        var (above, _) = await _walked.Demo.CallAsync(WalkedDemo.Small, "GET", $"/api/coverage/rates?area=140106&{_walked.Window}");
        var (square, _) = await _walked.Demo.CallAsync(WalkedDemo.Small, "GET", $"/api/coverage/cells/{_walked.OtherCell.Key}?{_walked.Window}");
        var (file, _) = await _walked.Demo.CallAsync(WalkedDemo.Small, "GET", $"/api/coverage/export?area={WalkedDemo.Other}&{_walked.Window}&measure=age&format=csv");
        var (tracks, _) = await _walked.GetAsync(WalkedDemo.Small, $"/api/coverage/cells/{_walked.OtherCell.Key}/tracks?{_walked.Window}", reason: "投诉");

        Assert.That(own.GetProperty("area").GetString(), Is.EqualTo(WalkedDemo.Own));
        Assert.That(own.GetProperty("items")[0].GetProperty("visited").GetInt32(), Is.EqualTo(1));
        Assert.That(new[] { outside, nowhere, above, square, file, tracks.StatusCode }, Is.All.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refusal.GetProperty("reason").GetString(), Is.EqualTo("out-of-scope"));
        Assert.That(same.GetProperty("detail").GetString(), Is.EqualTo(refusal.GetProperty("detail").GetString()));
    }

    [Test]
    public async Task RatesAreThoseOfTheAreaAndOfThoseRightBelowIt()
    {
        var rates = await _walked.ReadAsync("wall", $"/api/coverage/rates?{_walked.Window}");

        var items = rates.GetProperty("items").EnumerateArray().ToList();
        var whole = items[0];
        Assert.That(whole.GetProperty("kind").GetString(), Is.EqualTo("district"));
        Assert.That(whole.GetProperty("patrollable").GetInt32(), Is.EqualTo(items.Skip(1).Sum(item => item.GetProperty("patrollable").GetInt32())).And.GreaterThan(1_000));
        Assert.That((whole.GetProperty("visited").GetInt32(), whole.GetProperty("visits").GetInt32(), whole.GetProperty("dwellSeconds").GetInt32()), Is.EqualTo((2, 3, 155)));
        Assert.That(whole.GetProperty("planned").GetInt32(), Is.GreaterThan(whole.GetProperty("done").GetInt32()));
        Assert.That(rates.GetProperty("trend").EnumerateArray().Select(day => day.GetProperty("visited").GetInt32()), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(rates.GetProperty("reckonedAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromHours(1)));
    }

    [TestCase("/api/coverage?measure=heat", "measure")]
    [TestCase("/api/coverage", "measure")]
    [TestCase("/api/coverage?measure=age&size=30", "size")]
    [TestCase("/api/coverage?measure=age&from=yesterday", "from")]
    [TestCase("/api/coverage?measure=age&from=2024-01-01&to=2026-01-01", "to")]
    [TestCase("/api/coverage/rates?from=2026-02-30", "from")]
    [TestCase("/api/coverage/cells/here", "key")]
    [TestCase("/api/coverage/cells/99999999999999999999", "key")]
    [TestCase("/api/coverage/export?measure=age&format=pdf", "format")]
    [TestCase("/api/coverage/export?format=png", "measure")]
    public async Task ABadArgumentIsNamed(string path, string argument)
    {
        var (answer, body) = await _walked.GetAsync("dispatcher", path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("argument").GetString(), Is.EqualTo(argument));
    }

    [Test]
    public async Task TooManySquaresForGeoJsonAreRefusedWithWhatToDo()
    {
        var (answer, body) = await _walked.GetAsync("dispatcher", $"/api/coverage?{_walked.Window}&measure=age&size=25", "application/geo+json");
        var (other, _) = await _walked.GetAsync("dispatcher", $"/api/coverage?{_walked.Window}&measure=age", "text/html");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Encoding.UTF8.GetString(body), Does.Contain("too-many-squares").And.Contain(PackedPicture.MediaType));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable));
    }

    [Test]
    public async Task WithoutASizeTheSquaresOfALargeAreaThatSayNothingAreLeftOutAndCounted()
    {
        var (answer, body) = await _walked.GetAsync("dispatcher", $"/api/coverage?{_walked.Window}&measure=dwell", "application/geo+json");
        var picture = JsonDocument.Parse(body).RootElement;
        var features = picture.GetProperty("features").EnumerateArray().ToList();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(picture.GetProperty("size").GetInt32(), Is.EqualTo(25));
        Assert.That(picture.GetProperty("omitted").GetInt32(), Is.GreaterThan(20_000));
        Assert.That(features, Is.Not.Empty);
        Assert.That(features.Select(one => one.GetProperty("properties").GetProperty("value").GetDouble()), Has.All.GreaterThan(0));
        Assert.That(features.Select(one => one.GetProperty("id").GetString()), Does.Contain($"{_walked.OwnCell.Key}"));
    }

    [Test]
    public async Task ASquareLeadsToThoseWhoWalkedItWithAReasonOnTheTrail()
    {
        var path = $"/api/coverage/cells/{_walked.OwnCell.Key}";
        var cell = await _walked.ReadAsync(WalkedDemo.Small, $"{path}?{_walked.Window}");
        var (unreasoned, _) = await _walked.GetAsync(WalkedDemo.Small, $"{path}/tracks?{_walked.Window}");
        var (answer, body) = await _walked.GetAsync(WalkedDemo.Small, $"{path}/tracks?{_walked.Window}", reason: "居民投诉");
        var (wholeAnswer, wholeBody) = await _walked.GetAsync("dispatcher", $"{path}/tracks?{_walked.Window}", reason: "居民投诉");

        Assert.That((cell.GetProperty("area").GetString(), cell.GetProperty("ageDays").GetInt32(), cell.GetProperty("patrollable").GetBoolean()), Is.EqualTo((_walked.OwnGrid, 5, true)));
        var day = cell.GetProperty("days").EnumerateArray().Single();
        Assert.That((day.GetProperty("dwellSeconds").GetInt32(), day.GetProperty("visits").GetInt32(), day.GetProperty("passes").GetInt32(), day.GetProperty("workers").GetInt32()), Is.EqualTo((110, 1, 1, 2)));
        Assert.That((int)unreasoned.StatusCode, Is.EqualTo(428));
        Assert.That((answer.StatusCode, wholeAnswer.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));

        var (own, whole) = (JsonDocument.Parse(body).RootElement, JsonDocument.Parse(wholeBody).RootElement);
        var track = own.GetProperty("items").EnumerateArray().Single();
        Assert.That((track.GetProperty("worker").GetString(), track.GetProperty("visits").GetInt32(), own.GetProperty("outside").GetInt32()), Is.EqualTo((_walked.OwnWorker, 1, 1)));
        Assert.That(track.GetProperty("from").GetDateTimeOffset(), Is.LessThan(track.GetProperty("lastAt").GetDateTimeOffset()));
        Assert.That(whole.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("worker").GetString()), Is.EqualTo(new[] { _walked.OwnWorker, _walked.OtherWorker }));
        await using var connection = new NpgsqlConnection(_walked.Demo.Backends.Postgres);
        var rows = (await connection.QueryAsync<(string Worker, string Reason, string Detail)>(
            "select w.code, a.reason, a.detail from audit a join workers w on w.id = a.worker_id where a.action = 'open-coverage' and a.user_name = @user", new { user = WalkedDemo.Small })).ToList();
        Assert.That(rows.Select(row => (row.Worker, row.Reason)), Is.EqualTo(new[] { (_walked.OwnWorker, "居民投诉") }));
        Assert.That(rows[0].Detail, Does.Contain(Key(_walked.OwnCell.Key)));
    }

    [Test]
    public async Task ExportsAreOpenedAgain()
    {
        var path = $"/api/coverage/export?area={_walked.OwnGrid}&{_walked.Window}&measure=dwell&format=";
        var (csv, lines) = await _walked.GetAsync("dispatcher", path + "csv");
        var (geojson, features) = await _walked.GetAsync("dispatcher", path + "geojson");
        var (png, pixels) = await _walked.GetAsync("dispatcher", path + "png");
        var (whole, all) = await _walked.GetAsync("dispatcher", $"/api/coverage/export?{_walked.Window}&measure=age&format=csv");
        var rates = await _walked.ReadAsync("dispatcher", $"/api/coverage/rates?area={_walked.OwnGrid}&{_walked.Window}");

        var rows = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var patrollable = rates.GetProperty("items")[0].GetProperty("patrollable").GetInt32();
        Assert.That(new[] { csv, geojson, png, whole }.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(rows[0], Is.EqualTo("key,longitude,latitude,area,dwell_seconds"));
        Assert.That(rows, Has.Length.EqualTo(patrollable + 1));
        Assert.That(rows.Single(row => row.StartsWith(Key(_walked.OwnCell.Key), StringComparison.Ordinal)), Does.EndWith($",{_walked.OwnGrid},110"));
        Assert.That(JsonDocument.Parse(features).RootElement.GetProperty("features").GetArrayLength(), Is.EqualTo(patrollable));
        Assert.That((png.Content.Headers.ContentType!.MediaType, pixels[1..4]), Is.EqualTo(("image/png", "PNG"u8.ToArray())));
        Assert.That(csv.Content.Headers.ContentDisposition!.FileNameStar ?? csv.Content.Headers.ContentDisposition.FileName, Does.Contain($"coverage-{_walked.OwnGrid}-"));
        Assert.That(Encoding.UTF8.GetString(all).Split('\n'), Has.Length.GreaterThan(GeoJsonPicture.MostSquares), "a file has no bound of twenty thousand");
    }

    [TestCase(null, "/api/coverage?measure=age", 401)]
    [TestCase("wall", "/api/coverage/cells/1", 403)]
    [TestCase("wall", "/api/coverage/cells/1/tracks", 403)]
    [TestCase("wall", "/api/coverage/export?measure=age&format=csv", 403)]
    [TestCase("wall", "/api/coverage/masks", 403)]
    [TestCase("supervisor", "/api/coverage/masks", 200)]
    [TestCase("supervisor", "/api/coverage/targets", 200)]
    public async Task WhoMayAsk(string? user, string path, int status)
    {
        var (answer, _) = await _walked.GetAsync(user, path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    private static string Key(long key) => key.ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text.Json;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>An alarm's way on a real server: from the phone to the list, the ledger and the walls, and through its life.</summary>
public sealed class AlarmLaneTests
{
    private TemporaryFolder _folder = null!;
    private DemoCenter _center = null!;
    private string _dispatcher = null!;

    private ServerProcess Server => _center.Server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _center = await DemoCenter.OfAsync(await ServerProcess.StartAsync(_folder.Path));
        _dispatcher = await _center.SignInAsync("dispatcher");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _center.Server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task APressIsInTheListOnTheWallAndInTheLedger()
    {
        await using var wall = await AlarmWall.OpenAsync(Server, await _center.SignInAsync("wall"));
        var (id, device) = (AlarmCenter.NewId(), _center.Devices[0]);

        var (status, receipt) = await Server.PressAsync(device, AlarmCenter.Press(id));

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), receipt.ToString());
        Assert.That(receipt.GetProperty("id").GetString(), Is.EqualTo(id));
        var listed = (await Server.GetAsync(_dispatcher, "/api/alarms?state=open&kind=sos")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        await wall.UntilAsync(id, alarm => alarm.State == "raised" && alarm.Longitude == 112.57 && alarm.Worker == device.Worker, "drawn");
        var alarm = await Server.StoredAsync(_dispatcher, id, alarm => alarm.Steps().Contains("shown"));
        Assert.Multiple(() =>
        {
            Assert.That(listed.GetProperty("worker").GetString(), Is.EqualTo(device.Worker));
            Assert.That(listed.GetProperty("name").GetString(), Is.Not.Empty);
            Assert.That(listed.GetProperty("late").GetBoolean(), Is.False);
            Assert.That(alarm.Steps(), Is.EqualTo(new[] { "raised", "shown" }));
            Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
            Assert.That(alarm.GetProperty("note").GetString(), Is.EqualTo("请求支援"));
            Assert.That(alarm.GetProperty("phone").GetString(), Is.Not.Empty);
            Assert.That(alarm.TryGetProperty("alarm", out _), Is.False, "flat");
            Assert.That(alarm.GetProperty("ledger")[1].GetProperty("by").GetString(), Does.Contain("wall"));
        });
        Assert.That((await Server.PressAsync(device, AlarmCenter.Press(id))).Status, Is.EqualTo(HttpStatusCode.OK), "a retry");
    }

    [Test]
    public async Task ATrackersSosIsOneAlarmHoweverOftenItIsSent()
    {
        var device = _center.Devices[1];
        var fixTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await Server.SosAsync(device, fixTime), Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(await Server.SosAsync(device, fixTime + 1, latitude: 200), Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.BadRequest), "without a place it is raised all the same");
        var items = (await Server.GetAsync(_dispatcher, $"/api/alarms?worker={device.Worker}")).GetProperty("items").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(items, Has.Count.EqualTo(2));
            Assert.That(items[0].GetProperty("latitude").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(items[1].GetProperty("latitude").GetDouble(), Is.EqualTo(37.86));
        });
    }

    [Test]
    public async Task ADrillSaysSo()
    {
        var device = _center.Devices[0];
        using var answer = await Server.Http.GetAsync($"/osmand?id={device.OsmandId}&timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}&lat=37.86&lon=112.57&alarm=sos&drill=true");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms?worker={device.Worker}&limit=1")).GetProperty("items")[0].GetProperty("exercise").GetBoolean(), Is.True);
    }

    [Test]
    public async Task AnotherAlarmWordRaisesNothing()
    {
        var device = _center.Devices[1];
        var before = (await Server.GetAsync(_dispatcher, "/api/alarms?limit=1000")).Ids();
        using var answer = await Server.Http.GetAsync($"/osmand?id={device.OsmandId}&timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}&lat=37.86&lon=112.57&alarm=lowBattery");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Server.GetAsync(_dispatcher, "/api/alarms?limit=1000")).Ids(), Is.EqualTo(before));
    }

    [Test]
    public async Task PressesPastTwentyOpenOnesJoinTheNewestAndNoneIsLost()
    {
        var device = _center.Devices[2];
        var ids = Enumerable.Range(0, 25).Select(_ => AlarmCenter.NewId()).ToList();
        var joined = new List<string?>();
        foreach (var id in ids)
        {
            joined.Add((await Server.PressUntilAnsweredAsync(device, AlarmCenter.Press(id))).GetProperty("joined").GetString());
        }

        var open = await Server.GetAsync(_dispatcher, $"/api/alarms?worker={device.Worker}&state=open");
        var newest = open.GetProperty("items")[0]; // not always the last that was pressed: two may arrive in one millisecond
        var target = newest.GetProperty("id").GetString();
        var again = await Server.PressAsync(device, AlarmCenter.Press(ids[24]));
        var alarm = await Server.StoredAsync(_dispatcher, target!);
        Assert.Multiple(() =>
        {
            Assert.That(open.Ids(), Is.EquivalentTo(ids.Take(20)));
            Assert.That(joined.Take(20), Is.All.Null);
            Assert.That(joined.Skip(20), Is.All.EqualTo(target));
            Assert.That(newest.GetProperty("repeats").GetInt32(), Is.EqualTo(5));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Body.GetProperty("joined").GetString(), Is.EqualTo(target));
            Assert.That(alarm.Steps().Count(step => step == "joined"), Is.EqualTo(5));
        });
        foreach (var id in ids.Take(20))
        {
            Assert.That((await Server.CallAsync(_dispatcher, "POST", $"/api/alarms/{id}/resolve", new { outcome = "falseAlarm", reason = "drill" })).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task LateFutureInaccurateAndPlacelessOnesAreRaisedAndSaySo()
    {
        var now = DateTimeOffset.UtcNow;
        async Task<System.Text.Json.JsonElement> RaiseAsync(Action<Dictionary<string, object?>> change)
        {
            var press = AlarmCenter.Press(AlarmCenter.NewId(), "information");
            change(press);
            var (status, body) = await Server.PressAsync(_center.Devices[0], press);
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
            return await Server.GetAsync(_dispatcher, $"/api/alarms/{press["id"]}");
        }

        var late = await RaiseAsync(press => press["occurredAt"] = now.AddMinutes(-29));
        var ancient = await RaiseAsync(press => press["occurredAt"] = "0001-01-01T00:00:00Z");
        var future = await RaiseAsync(press => press["occurredAt"] = now.AddDays(400));
        var vague = await RaiseAsync(press => press["accuracyMeters"] = 60_000);
        var placeless = await RaiseAsync(press =>
        {
            press.Remove("longitude");
            press.Remove("latitude");
            press["note"] = new string('很', 600);
        });
        Assert.Multiple(() =>
        {
            Assert.That(late.GetProperty("late").GetBoolean(), Is.True);
            Assert.That(late.GetProperty("occurredAt").GetDateTimeOffset(), Is.EqualTo(now.AddMinutes(-29)).Within(TimeSpan.FromSeconds(1)));
            Assert.That(late.GetProperty("arrivedAt").GetDateTimeOffset(), Is.GreaterThan(now.AddMinutes(-1)));
            Assert.That(ancient.GetProperty("late").GetBoolean(), Is.True);
            Assert.That(future.GetProperty("late").GetBoolean(), Is.False);
            Assert.That(future.GetProperty("occurredAt").GetDateTimeOffset(), Is.GreaterThan(now.AddDays(399)));
            Assert.That(future.GetProperty("arrivedAt").GetDateTimeOffset(), Is.LessThan(now.AddDays(1)));
            Assert.That(vague.GetProperty("accuracyMeters").GetDouble(), Is.EqualTo(60_000));
            Assert.That(placeless.GetProperty("place").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(placeless.GetProperty("note").GetString(), Has.Length.EqualTo(500));
        });
    }

    [Test]
    public async Task AnAlarmOfSomebodyOffDutyIsRaisedAndSaysSo()
    {
        var device = _center.Devices[0];
        async Task DutyAsync(bool onDuty) =>
            Assert.That((await Server.CallAsync(_dispatcher, "POST", $"/api/workers/{device.Worker}/duty", new { onDuty })).Status, Is.EqualTo(HttpStatusCode.OK));
        await DutyAsync(false);
        var id = AlarmCenter.NewId();
        await Server.PressUntilAnsweredAsync(device, AlarmCenter.Press(id));
        await DutyAsync(true);

        Assert.That((await Server.GetAsync(_dispatcher, $"/api/alarms/{id}")).GetProperty("offDuty").GetBoolean(), Is.True);
    }

    [Test]
    public async Task ItsLifeIsAcknowledgedResolvedAndOpenedAgain()
    {
        var supervisor = await _center.SignInAsync("supervisor");
        await using var wall = await AlarmWall.OpenAsync(Server, await _center.SignInAsync("wall"), draws: false);
        var id = AlarmCenter.NewId();
        await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(id));
        async Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> ActAsync(string who, string act, object? body = null) => await Server.CallAsync(who, "POST", $"/api/alarms/{id}/{act}", body);

        var first = await ActAsync(_dispatcher, "acknowledge");
        var second = await ActAsync(supervisor, "acknowledge", new { note = "me too" });
        var resolved = await ActAsync(_dispatcher, "resolve", new { outcome = "resolved", reason = "到场处置" });
        var same = await ActAsync(_dispatcher, "resolve", new { outcome = "resolved", reason = "到场处置" });
        var other = await ActAsync(supervisor, "resolve", new { outcome = "falseAlarm", reason = "no" });
        await wall.UntilAsync(id, alarm => alarm.State == "resolved", "the wall is told the end");
        var reopened = await ActAsync(_dispatcher, "reopen", new { reason = "again" });
        var falseAlarm = await ActAsync(supervisor, "resolve", new { outcome = "falseAlarm", reason = "误报" });
        var alarm = await Server.StoredAsync(_dispatcher, id);

        Assert.Multiple(() =>
        {
            Assert.That(new[] { first.Status, second.Status, resolved.Status, same.Status, reopened.Status, falseAlarm.Status }, Is.All.EqualTo(HttpStatusCode.OK));
            Assert.That(second.Body.GetProperty("acknowledgedBy").GetString(), Is.EqualTo(first.Body.GetProperty("acknowledgedBy").GetString()).And.Not.Null);
            Assert.That(other.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(reopened.Body.GetProperty("state").GetString(), Is.EqualTo("raised"));
            Assert.That(first.Body.GetProperty("waitsSince").GetDateTimeOffset(), Is.EqualTo(first.Body.GetProperty("arrivedAt").GetDateTimeOffset()));
            Assert.That(reopened.Body.GetProperty("waitsSince").GetDateTimeOffset(), Is.EqualTo(alarm.GetProperty("ledger")[3].GetProperty("at").GetDateTimeOffset()));
            Assert.That(alarm.GetProperty("state").GetString(), Is.EqualTo("falseAlarm"));
            Assert.That(alarm.Steps(), Is.EqualTo(new[] { "raised", "acknowledged", "resolved", "reopened", "acknowledged", "falseAlarm" }));
            Assert.That(alarm.GetProperty("ledger")[5].GetProperty("text").GetString(), Is.EqualTo("误报"));
        });
        Assert.That((await Server.GetAsync(_dispatcher, "/api/alarms?state=falseAlarm")).Ids(), Does.Contain(id));
        Assert.That((await Server.GetAsync(_dispatcher, "/api/alarms?state=open")).Ids(), Does.Not.Contain(id));
    }

    [TestCase("id", "not-a-uuid", "id")]
    [TestCase("id", null, "id")]
    [TestCase("kind", "lowBattery", "kind")]
    [TestCase("kind", null, "kind")]
    [TestCase("kind", 7, "kind")]
    [TestCase("occurredAt", "yesterday", "occurredAt")]
    public async Task WhatIsWrongWithAPressIsNamed(string field, object? value, string named)
    {
        var press = AlarmCenter.Press(AlarmCenter.NewId());
        press[field] = value;
        var (status, problem) = await Server.PressAsync(_center.Devices[0], press);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), problem.ToString());
        Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo(named));
    }

    [TestCase("latitude", 91)]
    [TestCase("longitude", null)]
    [TestCase("accuracyMeters", -1)]
    [TestCase("occurredAt", null)]
    public async Task WhatLiesBesideACallIsNoReasonToSendItAway(string field, object? value)
    {
        var id = AlarmCenter.NewId();
        var press = AlarmCenter.Press(id);
        press[field] = value;
        var (status, _) = await Server.PressAsync(_center.Devices[0], press);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        var alarm = await Server.GetAsync(_dispatcher, $"/api/alarms/{id}");
        Assert.Multiple(() =>
        {
            Assert.That(alarm.GetProperty("longitude").ValueKind, Is.EqualTo(field.EndsWith("itude", StringComparison.Ordinal) ? JsonValueKind.Null : JsonValueKind.Number), "half a place is none");
            Assert.That(alarm.GetProperty("occurredAt").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [TestCase("/api/alarms?state=closed", "state")]
    [TestCase("/api/alarms?kind=fire", "kind")]
    [TestCase("/api/alarms?limit=0", "limit")]
    [TestCase("/api/alarms?cursor=YWJj", "cursor")]
    [TestCase("/api/alarms/reconciliation?from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z", "from")]
    public async Task ABadArgumentOfAListIsNamed(string path, string named)
    {
        var (status, problem) = await Server.CallAsync(_dispatcher, "GET", path);

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), problem.ToString());
        Assert.That(problem.GetProperty("argument").GetString(), Is.EqualTo(named));
    }

    [Test]
    public async Task StrangersAndWallsRaiseNothing()
    {
        var press = AlarmCenter.Press(AlarmCenter.NewId());
        Assert.That((await Server.PressAsync(_center.Devices[0] with { Password = "wrong" }, press)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Server.CallAsync(null, "POST", "/api/alarms", press)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Server.CallAsync(await _center.SignInAsync("wall"), "POST", "/api/alarms", press)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await Server.CallAsync(_dispatcher, "GET", $"/api/alarms/{press["id"]}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task ADispatcherRaisesOneAboutAWorker()
    {
        var press = AlarmCenter.Press(AlarmCenter.NewId(), "lostContact");
        press["worker"] = _center.Devices[0].Worker;
        var (status, _) = await Server.CallAsync(_dispatcher, "POST", "/api/alarms", press);
        var alarm = await Server.StoredAsync(_dispatcher, (string)press["id"]!);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(alarm.GetProperty("priority").GetInt32(), Is.EqualTo(2));
        Assert.That(alarm.GetProperty("ledger")[0].GetProperty("by").GetString(), Is.EqualTo(_center.AccountOf("dispatcher").User));
        press["id"] = AlarmCenter.NewId();
        press["worker"] = "nobody";
        Assert.That((await Server.CallAsync(_dispatcher, "POST", "/api/alarms", press)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task TwoDevicesMayThinkOfOneId()
    {
        var id = AlarmCenter.NewId();
        await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(id));
        var (status, receipt) = await Server.PressAsync(_center.Devices[1], AlarmCenter.Press(id));
        var (again, _) = await Server.PressAsync(_center.Devices[1], AlarmCenter.Press(id));

        Assert.That((status, again), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That(receipt.GetProperty("id").GetString(), Is.EqualTo(id));
        var workers = (await Server.GetAsync(_dispatcher, "/api/alarms?limit=1000")).GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("id").GetString() == id || item.GetProperty("worker").GetString() == _center.Devices[1].Worker).Select(item => item.GetProperty("worker").GetString());
        Assert.That(workers, Is.SupersetOf(new[] { _center.Devices[0].Worker, _center.Devices[1].Worker }));
    }

    [Test]
    public async Task PagesHoldEveryAlarmOnce()
    {
        for (var i = 0; i < 7; i++)
        {
            await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(AlarmCenter.NewId(), "information"));
        }

        var all = (await Server.GetAsync(_dispatcher, "/api/alarms?limit=1000")).Ids();
        var paged = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await Server.GetAsync(_dispatcher, $"/api/alarms?limit=3{next}");
            paged.AddRange(page.Ids());
            next = page.GetProperty("next").GetString() is { } cursor ? $"&cursor={cursor}" : null;
        }

        Assert.That(paged, Is.Unique);
        Assert.That(paged, Is.EqualTo(all));
    }

    [Test]
    public async Task ReconciliationSaysWhatWasNotShown()
    {
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));
        var (shown, unseen) = (AlarmCenter.NewId(), AlarmCenter.NewId());
        await using (var wall = await AlarmWall.OpenAsync(Server, await _center.SignInAsync("wall")))
        {
            await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(shown));
            await Server.StoredAsync(_dispatcher, shown, alarm => alarm.Steps().Contains("shown"));
        }

        await Server.PressUntilAnsweredAsync(_center.Devices[0], AlarmCenter.Press(unseen));
        await Server.StoredAsync(_dispatcher, unseen);
        await Server.CallAsync(_dispatcher, "POST", $"/api/alarms/{shown}/acknowledge");
        var sum = await Server.GetAsync(_dispatcher, $"/api/alarms/reconciliation?from={from}");

        Assert.Multiple(() =>
        {
            Assert.That(sum.GetProperty("received").GetInt32(), Is.EqualTo(2));
            Assert.That(sum.GetProperty("stored").GetInt32(), Is.EqualTo(2));
            Assert.That(sum.GetProperty("shown").GetInt32(), Is.EqualTo(1));
            Assert.That(sum.GetProperty("acknowledged").GetInt32(), Is.EqualTo(1));
            Assert.That(sum.GetProperty("notShown")[0].GetString(), Is.EqualTo(unseen));
            Assert.That(sum.GetProperty("broken").GetArrayLength(), Is.Zero);
            Assert.That(sum.GetProperty("medianShownMilliseconds").GetDouble(), Is.GreaterThanOrEqualTo(0));
        });
    }
}

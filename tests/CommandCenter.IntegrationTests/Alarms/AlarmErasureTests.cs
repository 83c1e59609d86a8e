using System.Net;
using System.Text.Json;
using CommandCenter.Access;
using CommandCenter.Alarms;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Dispatch;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage;
using CommandCenter.Tracks.Keeping;
using Dapper;
using DemoDevice = CommandCenter.Demo.DemoDevice;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>Erasing a person takes what alarms say of that person; that there were alarms, and that nothing of their ledgers was altered, stays.</summary>
public sealed class AlarmErasureTests
{
    private const string Note = "门口有人受伤";

    private DispatchWorld _world = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync("--TrackKeeping:EveryMinutes=0.02", "--AlarmWebhooks:Urls:sms=http://127.0.0.1:9/", "--AlarmWebhooks:Keys:sms=0123456789abcdef0123456789abcdef");

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task WhoWhereAndWhatWasSaidGoesAndTheChainHolds()
    {
        var (erased, helper) = (_world.Phones[0], _world.Phones[1]);
        var own = await PressAsync(erased);
        await AssignAndClearAsync(own, helper);
        var attached = await _world.Demo.Server.AttachAsync(erased.Phone(), own, Guid.NewGuid(), NoteWorld.Png, "image/png", $"{erased.Worker}.png");
        var noted = await _world.Demo.Server.NoteAsync(erased.Phone(), own, Guid.NewGuid(), "在桥下");
        Assert.That((attached.Status, noted.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.Created)));
        await CallAsync("POST", $"/api/alarms/{own}/resolve", new { outcome = "resolved", reason = $"{erased.Worker} 已送医" });
        var other = await PressAsync(helper);
        await AssignAndClearAsync(other, erased);
        await CallAsync("POST", $"/api/alarms/{other}/resolve", new { outcome = "resolved", reason = "ok" });
        var before = await StoredAsync(own);
        await StoredAsync(other);
        Assert.That(await MentionsAsync(erased.Worker), Is.GreaterThan(3));
        Assert.That(await MentionsAsync(Note), Is.GreaterThan(0));

        var (plan, receipt) = await EraseAsync(erased);
        Assert.That((Rows(plan, "alarms"), Rows(plan, "assignments")), Is.EqualTo((1, 1)));
        receipt = await FinishedAsync(receipt);
        Assert.That(Rows(receipt, "alarms"), Is.EqualTo(1));
        Assert.That(Rows(receipt, "alarm_payloads"), Is.GreaterThanOrEqualTo(Rows(plan, "alarm_payloads")));
        Assert.That(Rows(receipt, "alarm_outbox"), Is.GreaterThan(0));
        Assert.That(Rows(receipt, "alarm_attachments"), Is.EqualTo(1));

        var after = await StoredAsync(own, IsErased);
        var late = await _world.Demo.Server.NoteAsync(_world.Demo.Desk("dispatcher"), own, Guid.NewGuid(), "补记");
        Assert.That((late.Status, late.Body.Reason()), Is.EqualTo((HttpStatusCode.Conflict, "alarm-erased")));
        var ledger = after.GetProperty("ledger").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            foreach (var field in (string[])["worker", "name", "longitude", "latitude", "accuracyMeters", "note", "phone"])
            {
                Assert.That(after.GetProperty(field).ValueKind, Is.EqualTo(JsonValueKind.Null), field);
            }

            Assert.That(after.GetProperty("erasedAt").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That((after.GetProperty("state").GetString(), after.GetProperty("area").GetString()), Is.EqualTo((before.GetProperty("state").GetString(), before.GetProperty("area").GetString())));
            Assert.That(after.GetProperty("intact").GetBoolean(), Is.True);
            Assert.That(after.Steps().SkipLast(1), Is.EqualTo(before.Steps()));
            Assert.That(ledger.Take(before.GetProperty("ledger").GetArrayLength()).Select(Hash), Is.EqualTo(before.GetProperty("ledger").EnumerateArray().Select(Hash)));
            Assert.That(ledger[0].GetProperty("wordsDeleted").GetBoolean(), Is.True);
            Assert.That(ledger[^1].GetProperty("wordsDeleted").GetBoolean(), Is.False);
            Assert.That(ledger[^1].GetProperty("by").GetString(), Is.EqualTo("administrator"));
        });
        Assert.That(await MentionsAsync(erased.Worker), Is.Zero);
        Assert.That(await MentionsAsync(Note), Is.EqualTo(2), "the other one's own call keeps its note, in its row and in its ledger");

        var helped = await StoredAsync(other);
        var words = helped.GetProperty("ledger").EnumerateArray().Where(entry => entry.GetProperty("wordsDeleted").GetBoolean()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(helped.GetProperty("intact").GetBoolean(), Is.True);
            Assert.That(helped.GetProperty("worker").GetString(), Is.EqualTo(helper.Worker));
            Assert.That(words, Is.Not.Empty, "that somebody was sent");
            Assert.That(words.Select(entry => entry.GetProperty("by").GetString()), Has.None.EqualTo(erased.Worker));
        });

        foreach (var (language, deleted) in (IReadOnlyList<(string, string)>)[("zh-CN", "（已删除）"), ("en", "(deleted)")])
        {
            foreach (var id in (Guid[])[own, other])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alarms/{id}/report?lang={language}");
                request.Headers.Authorization = new("Bearer", _world.Demo.TokenOf("dispatcher"));
                using var page = await _world.Demo.Server.Http.SendAsync(request);
                var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
                Assert.That(html, Does.Contain(deleted).And.Contains("data-intact=\"true\"").And.Not.Contains(erased.Worker));
            }
        }

        var listed = (await CallAsync("GET", "/api/alarms?limit=1000")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == own.ToString("D"));
        Assert.That(listed.GetProperty("worker").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await CallAsync("GET", "/api/alarms/reconciliation")).GetProperty("broken").GetArrayLength(), Is.Zero);
        Assert.That((await CallAsync("GET", "/api/alarms/reconciliation")).GetProperty("erased").GetInt32(), Is.GreaterThan(0));
        var (status, problem) = await _world.Demo.CallAsync("dispatcher", "POST", $"/api/alarms/{own}/reopen", new { reason = "x" });
        Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "alarm-erased")));
    }

    [Test]
    public async Task AStepThatComesOutOfTheLogAfterwardsBringsNothingBack()
    {
        var phone = _world.Phones[2];
        var id = await PressAsync(phone);
        await CallAsync("POST", $"/api/alarms/{id}/resolve", new { outcome = "falseAlarm", reason = "x" });
        await StoredAsync(id);
        await FinishedAsync((await EraseAsync(phone)).Receipt);
        var late = new AlarmEvent { Id = Guid.NewGuid(), Alarm = id, Step = AlarmStep.Note, AtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Text = $"{phone.Worker} cleared" };
        await _world.Demo.Backends.Redis.CallAsync(redis => redis.ExecuteAsync("XADD", RedisKeys.AlarmLog, "*", "e", late.ToJson()), CancellationToken.None);

        var alarm = await StoredAsync(id, alarm => alarm.Steps().Contains("note"));
        Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
        Assert.That(alarm.GetProperty("ledger").EnumerateArray().Single(entry => entry.GetProperty("step").GetString() == "note").GetProperty("wordsDeleted").GetBoolean(), Is.True);
        Assert.That(await MentionsAsync(phone.Worker), Is.Zero);
    }

    [Test]
    public async Task AnOpenAlarmIsNeededAndGoesOnceItIsOverUnlessACaseKeepsIt()
    {
        var phone = _world.Phones[3];
        var id = await PressAsync(phone);
        await StoredAsync(id);
        var (_, receipt) = await EraseAsync(phone);
        Assert.That(receipt.GetProperty("finishedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        await using var connection = await _world.Demo.Backends.DataSource.OpenConnectionAsync();
        var order = receipt.GetProperty("id").GetInt64();
        await Eventually.TrueAsync(
            async () => await connection.QuerySingleAsync<bool>("select tracks_gone_at is not null from track_erasures where id = @order", new { order }), "the rest is done", AlarmCenter.Patience);
        Assert.That((await CallAsync("GET", $"/api/alarms/{id}")).GetProperty("worker").GetString(), Is.EqualTo(phone.Worker), "those who answer it know whom to go to");
        var erasures = new ErasureStore(_world.Demo.Backends.DataSource, new AuditStore(_world.Demo.Backends.DataSource, null!, TimeProvider.System));
        var worker = await connection.QuerySingleAsync<int>("select worker_id from track_erasures where id = @order", new { order });
        Assert.That(await erasures.UnderWayAsync([worker], DateTimeOffset.UtcNow, CancellationToken.None), Is.False, "nobody's exports wait for an alarm");

        var (_, hold) = await _world.Demo.CallAsync("supervisor", "POST", "/api/tracks/holds", new
        {
            workers = new[] { phone.Worker },
            from = DateTimeOffset.UtcNow.AddHours(-1),
            to = DateTimeOffset.UtcNow.AddHours(1),
            until = DateTimeOffset.UtcNow.AddDays(30),
            @case = "2026-118",
            reason = "complaint",
        });
        await CallAsync("POST", $"/api/alarms/{id}/resolve", new { outcome = "resolved", reason = "ok" });
        await StoredAsync(id, alarm => alarm.Steps().Contains("resolved"));
        await FinishedAsync((await EraseAsync(_world.Phones[4])).Receipt);
        await NextRoundAsync(connection);
        Assert.That((await CallAsync("GET", $"/api/alarms/{id}")).GetProperty("worker").GetString(), Is.EqualTo(phone.Worker), "the case needs it");

        Assert.That((await _world.Demo.CallAsync("administrator", "DELETE", $"/api/tracks/holds/{hold.GetProperty("id").GetInt64()}?reason=over")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        receipt = await FinishedAsync(receipt);
        Assert.That(Rows(receipt, "alarms"), Is.EqualTo(1));
        Assert.That((await StoredAsync(id, IsErased)).GetProperty("intact").GetBoolean(), Is.True);
        Assert.That(await MentionsAsync(phone.Worker), Is.Zero);
    }

    [Test]
    public async Task EveryNodesMemoryLearnsItAndARetryOfThePressRaisesNothingNew()
    {
        var phone = _world.Phones[5];
        var id = await PressAsync(phone);
        await CallAsync("POST", $"/api/alarms/{id}/resolve", new { outcome = "resolved", reason = "ok" });
        await StoredAsync(id);
        var folder = Directory.CreateDirectory(Path.Combine(_world.Demo.Folder, "other")).FullName;
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(_world.Demo.Folder, file), Path.Combine(folder, file));
        }

        await using var other = await _world.Demo.LaunchAsync(folder);
        var dispatcher = _world.Demo.TokenOf("dispatcher");
        Assert.That((await other.GetAsync(dispatcher, $"/api/alarms/{id}")).GetProperty("worker").GetString(), Is.EqualTo(phone.Worker));
        await EraseAsync(phone);

        var there = await other.StoredAsync(dispatcher, id.ToString("D"), IsErased);
        var listed = (await other.GetAsync(dispatcher, "/api/alarms?limit=1000")).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id.ToString("D"));
        Assert.That((there.GetProperty("worker").ValueKind, listed.GetProperty("worker").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
        var (status, again) = await _world.ByPhoneAsync(phone, "POST", "/api/alarms", new { id, kind = "sos", occurredAt = DateTimeOffset.UtcNow });
        Assert.That((status, again.GetProperty("joined").ValueKind), Is.EqualTo((HttpStatusCode.OK, JsonValueKind.Null)));
    }

    [Test]
    public async Task AdministratorsAreToldHowLongAlarmsAreKept()
    {
        var (_, retention) = await _world.Demo.CallAsync("administrator", "GET", "/api/tracks/retention");
        Assert.That(
            retention.GetProperty("beside").EnumerateArray().Select(one => (one.GetProperty("what").GetString(), one.GetProperty("days").GetInt32())),
            Is.SupersetOf(new[] { ("alarmWords", 365), ("alarms", 1_095), ("assessmentEvidence", 400), ("assessment", 1_100) }));
    }

    /// <summary>A round of the keeper that began after this: what turns up of an erased person is gone.</summary>
    private async Task NextRoundAsync(Npgsql.NpgsqlConnection connection)
    {
        var code = _world.Phones[4].Worker;
        await connection.ExecuteAsync("""
            insert into device_refusals (device_id, reason, count, last_at, last_detail) select d.id, 99, 1, now(), '' from devices d join workers w on w.id = d.worker_id where w.code = @code limit 1;
            insert into track_erasures (worker_id, requested_at, until_ms, account_id, user_name, reason, settles_at)
            select id, now(), extract(epoch from now())::bigint * 1000, 1, 'administrator', 'x', now() + interval '1 hour' from workers where code = @code;
            """, new { code });
        await Eventually.TrueAsync(
            async () => await connection.QuerySingleAsync<bool>("select not exists (select 1 from device_refusals where reason = 99)"), "a round", AlarmCenter.Patience);
    }

    private async Task<Guid> PressAsync(DemoDevice phone)
    {
        var id = Guid.NewGuid();
        var (status, _) = await _world.ByPhoneAsync(
            phone, "POST", "/api/alarms", new { id, kind = "sos", longitude = DispatchWorld.Longitude, latitude = DispatchWorld.Latitude, accuracyMeters = 10, occurredAt = DateTimeOffset.UtcNow, note = Note });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        return id;
    }

    private async Task AssignAndClearAsync(Guid alarm, DemoDevice phone)
    {
        var (status, body) = await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), phone);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
        var assignment = (await _world.AssignmentsAsync(alarm)).Single().GetProperty("id").GetString()!;
        var set = await _world.ByPhoneAsync(phone, "POST", $"/api/assignments/{assignment}/state", new { state = "cleared", note = $"{phone.Worker} 回" });
        Assert.That(set.Status, Is.EqualTo(HttpStatusCode.OK), set.Body.ToString());
    }

    private async Task<JsonElement> CallAsync(string method, string path, object? body = null)
    {
        var (status, answer) = await _world.Demo.CallAsync("dispatcher", method, path, body);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{path} {answer}");
        return answer;
    }

    private Task<JsonElement> StoredAsync(Guid id, Func<JsonElement, bool>? also = null) => _world.Demo.Server.StoredAsync(_world.Demo.TokenOf("dispatcher"), id.ToString("D"), also);

    private async Task<(JsonElement Plan, JsonElement Receipt)> EraseAsync(DemoDevice phone)
    {
        var path = $"/api/workers/{phone.Worker}/erasure";
        var (_, plan) = await _world.Demo.CallAsync("administrator", "POST", path, new { reason = "x" });
        var (status, receipt) = await _world.Demo.CallAsync("administrator", "POST", path, new { reason = "x", plan = plan.GetProperty("plan").GetString() });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), receipt.ToString());
        return (plan, receipt);
    }

    private async Task<JsonElement> FinishedAsync(JsonElement receipt)
    {
        JsonElement now = default;
        await Eventually.TrueAsync(
            async () => (now = (await _world.Demo.CallAsync("administrator", "GET", $"/api/erasures/{receipt.GetProperty("id").GetInt64()}")).Body).GetProperty("finishedAt").ValueKind == JsonValueKind.String,
            "the erasure is finished",
            AlarmCenter.Patience);
        return now;
    }

    /// <summary>Rows of everything about alarms in which a word stands.</summary>
    private async Task<int> MentionsAsync(string word)
    {
        await using var connection = await _world.Demo.Backends.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>("""
            select count(*)::int from (
                select a::text as row from alarms a union all select p.payload from alarm_payloads p union all select l.actor || l.step from alarm_ledger l
                union all select o.body from alarm_outbox o union all select s::text from assignments s union all select t::text from assignment_steps t) all_rows
            where row like '%' || @word || '%'
            """, new { word });
    }

    /// <summary>In the store and, at most some seconds later, in the memory of the node that is asked.</summary>
    private static bool IsErased(JsonElement alarm) => alarm.GetProperty("erasedAt").ValueKind == JsonValueKind.String;

    private static string? Hash(JsonElement entry) => entry.GetProperty("hash").GetString();

    private static int Rows(JsonElement receipt, string table) =>
        receipt.GetProperty("tables").EnumerateArray().Where(row => row.GetProperty("table").GetString() == table).Sum(row => row.GetProperty("rows").GetInt32());
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Tracks;

/// <summary>Notes at moments of tracks: written once, read with a reason within one's area, deleted by who wrote them, gone with the tracks.</summary>
public sealed class NoteTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds());

    private DemoServer _demo = null!;
    private NpgsqlConnection _connection = null!;
    private List<string> _codes = null!;
    private string _inside = null!;
    private string _outside = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync("--TrackKeeping:EveryMinutes=0.02");
        _connection = await _demo.Backends.DataSource.OpenConnectionAsync();
        _codes = (await _connection.QueryAsync<string>("select code from workers order by id limit 20")).AsList();
        const string AtHome = """
            with recursive below as (select id from areas where code = '140106004' union all select a.id from areas a join below b on a.parent_id = b.id)
            select code from workers where (home_area_id in (select id from below)) = @inside order by id desc limit 1
            """;
        _inside = await _connection.QuerySingleAsync<string>(AtHome, new { inside = true });
        _outside = await _connection.QuerySingleAsync<string>(AtHome, new { inside = false });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task ANoteIsReadByOthersInOrderOfItsMoment()
    {
        var worker = _codes[0];
        await AddAsync(worker, Now, "second");
        await AddAsync(worker, Now.AddMinutes(-3), "first\r\nline");
        await AddAsync(worker, Now.AddHours(-3), "outside the interval");

        var (status, body) = await ReadAsync("supervisor", worker, Now.AddHours(-1));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var items = body.GetProperty("items").EnumerateArray().ToList();
        Assert.That(items.Select(item => item.GetProperty("text").GetString()), Is.EqualTo(new[] { "first\nline", "second" }));
        Assert.That(items[1].GetProperty("at").GetDateTimeOffset(), Is.EqualTo(Now));
        Assert.That((items[1].GetProperty("worker").GetString(), items[1].GetProperty("author").GetString()), Is.EqualTo((worker, "dispatcher")));
        Assert.That(items[1].GetProperty("removable").GetBoolean(), Is.False, "another's, and no administrator");
        Assert.That(body.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task TheSameAgainIsOneNoteAndAnotherOfItsIdIsRefused()
    {
        var note = new { id = Guid.NewGuid().ToString(), worker = _codes[1], at = Now, text = "once" };
        var (created, first) = await _demo.CallAsync("dispatcher", "POST", "/api/tracks/notes", note);
        var (again, second) = await _demo.CallAsync("dispatcher", "POST", "/api/tracks/notes", note);
        Assert.That((created, again), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That(second.GetRawText(), Is.EqualTo(first.GetRawText()));

        foreach (var (user, other) in ((string, object)[])[
            ("dispatcher", note with { text = "twice" }), ("dispatcher", note with { worker = _codes[2] }), ("dispatcher", note with { at = Now.AddSeconds(1) }), ("supervisor", note)])
        {
            var (status, problem) = await _demo.CallAsync(user, "POST", "/api/tracks/notes", other);
            Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "note-exists")));
        }

        Assert.That(await AuditAsync("add-note", _codes[1]), Has.Count.EqualTo(1), "a retry is not another act");
    }

    [Test]
    public async Task ManyAtOnceOfOneIdAreOneNote()
    {
        var note = new { id = Guid.NewGuid().ToString(), worker = _codes[3], at = Now, text = "race" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _demo.CallAsync("dispatcher", "POST", "/api/tracks/notes", note)));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.OK), Is.EqualTo(7));
    }

    [Test]
    public async Task WhoWroteItDeletesItAndSoDoAdministratorsAndNobodyElse()
    {
        var worker = _codes[4];
        var (own, others) = (await AddAsync(worker, Now, "own"), await AddAsync(worker, Now, "others"));
        var (status, problem) = await _demo.CallAsync("supervisor", "DELETE", $"/api/tracks/notes/{own}");
        Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Forbidden, "note-of-another")));
        Assert.That((await _demo.CallAsync("dispatcher", "DELETE", $"/api/tracks/notes/{own}")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _demo.CallAsync("administrator", "DELETE", $"/api/tracks/notes/{others}?reason=wrong")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        foreach (var gone in (string[])[own, Guid.NewGuid().ToString(), "no-id"])
        {
            Assert.That((await _demo.CallAsync("administrator", "DELETE", $"/api/tracks/notes/{gone}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That((await AuditAsync("delete-note", worker)).Select(row => row.GetProperty("reason").GetString()), Is.EqualTo(new[] { "wrong", null }));
        Assert.That((await ReadAsync("dispatcher", worker, Now.AddHours(-1))).Body.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task OutsideOnesAreaNothingIsReadWrittenOrDeleted()
    {
        const string Narrow = "dispatcher-140106004";
        var id = await AddAsync(_outside, Now, "elsewhere");
        Assert.That((await ReadAsync(Narrow, _outside, Now.AddHours(-1))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await ReadAsync(Narrow, $"{_inside},{_outside}", Now.AddHours(-1))).Status, Is.EqualTo(HttpStatusCode.Forbidden), "one stranger closes the answer");
        Assert.That((await PostAsync(Narrow, _outside, Now, "x")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _demo.CallAsync(Narrow, "DELETE", $"/api/tracks/notes/{id}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await PostAsync(Narrow, _inside, Now, "own area")).Status, Is.EqualTo(HttpStatusCode.Created));

        Assert.That((await _demo.CallAsync("wall", "GET", $"/api/tracks/notes?workers={_inside}")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await PostAsync("wall", _inside, Now, "x")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await PostAsync(null, _inside, Now, "x")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task ReadingNeedsAReasonThatTheTrailKeepsAndWritingNeedsNone()
    {
        var (noted, blank) = (_codes[5], _codes[6]);
        await AddAsync(noted, Now, "written without a reason");
        var path = $"/api/tracks/notes?workers={noted},{blank}&from={Moment(Now.AddHours(-1))}&to={Moment(Now.AddHours(1))}";
        Assert.That((await _demo.CallAsync("dispatcher", "GET", path)).Status, Is.EqualTo((HttpStatusCode)428));
        Assert.That(await AuditAsync("read-notes", noted), Is.Empty);

        await _demo.CallAsync("dispatcher", "GET", path + "&reason=complaint&case=C-9");
        Assert.That((await AuditAsync("read-notes", noted)).Single().GetProperty("reason").GetString(), Is.EqualTo("complaint [C-9]"));
        Assert.That(await AuditAsync("read-notes", blank), Is.Empty, "of whom nothing was told");
        var added = (await AuditAsync("add-note", noted)).Single();
        Assert.That(added.GetProperty("detail").GetString(), Does.Not.Contain("without a reason"), "a note's words must be able to go");
        Assert.That((await PostAsync("dispatcher", noted, Now, "x", "?reason=" + new string('r', 201))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task TheWorkerSeesWhoWroteAndReadNotesAndWhy()
    {
        var device = _demo.Secrets.Devices[^1];
        await PostAsync("supervisor", device.Worker, Now, "x", "?reason=complaint");
        await ReadAsync("dispatcher", device.Worker, Now.AddHours(-1));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/watched");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{device.User}:{device.Password}")));
        using var answer = await _demo.Server.Http.SendAsync(request);
        var looks = (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()
            .Select(row => (row.GetProperty("user").GetString(), row.GetProperty("action").GetString(), row.GetProperty("reason").GetString()));
        Assert.That(looks, Is.EqualTo(new[] { ("dispatcher", "read-notes", "check"), ("supervisor", "add-note", "complaint") }));
    }

    [Test]
    public async Task ALongListIsReadPageByPageWithoutLossOrRepeat()
    {
        var worker = _codes[7];
        for (var n = 0; n < 25; n++)
        {
            await AddAsync(worker, Now.AddMinutes(-(n / 3)), $"{n}");
        }

        var texts = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var (_, page) = await ReadAsync("dispatcher", worker, Now.AddHours(-1), $"&limit=4{(next.Length > 0 ? $"&cursor={next}" : "")}");
            texts.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.That(texts, Is.Unique);
        Assert.That(texts, Has.Count.EqualTo(25));
    }

    [Test]
    public async Task AWorkersDayTakesNoMoreThanItMay()
    {
        var worker = _codes[8];
        var at = Now.AddDays(-2);
        await _connection.ExecuteAsync(
            """
            insert into track_notes select gen_random_uuid(), w.id, @at, 'n', 1, 'x', now() from workers w, generate_series(1, 500) where w.code = @worker
            """,
            new { worker, at = at.ToUnixTimeMilliseconds() });
        var (status, problem) = await PostAsync("dispatcher", worker, at, "one more");
        Assert.That((status, problem.GetProperty("reason").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "too-many-notes")));
        Assert.That((await PostAsync("dispatcher", worker, at.AddDays(-1), "another day")).Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("workers=&from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z", "workers")]
    [TestCase("workers=a&from=yesterday&to=2026-11-22T01:00:00Z", "from")]
    [TestCase("workers=a&to=2026-11-22T01:00:00Z", "from")]
    [TestCase("workers=a&from=2026-11-22T02:00:00Z&to=2026-11-22T01:00:00Z", "to")]
    [TestCase("workers=a&from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z&limit=501", "limit")]
    [TestCase("workers=a&from=2026-11-22T00:00:00Z&to=2026-11-22T01:00:00Z&cursor=eA", "cursor")]
    public async Task BadArgumentsAreNamed(string query, string argument)
    {
        var (status, problem) = await _demo.CallAsync("dispatcher", "GET", $"/api/tracks/notes?{query}&reason=x");
        Assert.That((status, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
    }

    [Test]
    public async Task ABadNoteIsNamed()
    {
        var good = new { id = Guid.NewGuid().ToString(), worker = _codes[0], at = Now, text = "x" };
        foreach (var (body, argument) in ((object, string)[])[
            (good with { id = "7" }, "id"), (good with { text = " " }, "text"), (good with { text = new string('x', 501) }, "text"), (good with { at = Now.AddYears(1) }, "at"), (new { good.id, good.worker, good.text }, "at")])
        {
            var (status, problem) = await _demo.CallAsync("dispatcher", "POST", "/api/tracks/notes", body);
            Assert.That((status, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, argument)));
        }

        Assert.That((await _demo.CallAsync("dispatcher", "POST", "/api/tracks/notes", new { good.id, at = "soon" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task ErasureOfThePersonTakesTheNotesAndTheReceiptCountsThem()
    {
        var (worker, other) = (_codes[9], _codes[10]);
        await AddAsync(worker, Now, "one");
        await AddAsync(worker, Now.AddDays(-3), "two");
        await AddAsync(other, Now, "stays");

        var (_, plan) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{worker}/erasure", new { reason = "PIPL" });
        Assert.That(NotesOf(plan), Is.EqualTo(2));
        var (_, receipt) = await _demo.CallAsync("administrator", "POST", $"/api/workers/{worker}/erasure", new { reason = "PIPL", plan = plan.GetProperty("plan").GetString() });
        Assert.That(NotesOf(receipt), Is.EqualTo(2));
        Assert.That((await ReadAsync("dispatcher", worker, Now.AddDays(-5))).Body.GetProperty("items").GetArrayLength(), Is.Zero);
        Assert.That((await ReadAsync("dispatcher", other, Now.AddDays(-5))).Body.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task NotesGoWithTheRawTracksOfTheirMomentUnlessACaseHoldsThem()
    {
        var (free, held) = (_codes[11], _codes[12]);
        var old = Now.AddDays(-120);
        var hold = new { workers = new[] { held }, from = old.AddHours(-1), to = old.AddHours(1), until = Now.AddDays(30), @case = "C-3", reason = "complaint" };
        Assert.That((await _demo.CallAsync("administrator", "POST", "/api/tracks/holds", hold)).Status, Is.EqualTo(HttpStatusCode.Created));
        await AddAsync(held, old, "held");
        await AddAsync(free, Now.AddDays(-80), "young");
        await AddAsync(free, old, "old");

        await Eventually.TrueAsync(
            async () => (await ReadAsync("dispatcher", free, Now.AddDays(-200))).Body.GetProperty("items").GetArrayLength() == 1, "the old note goes with the next round");
        Assert.That((await ReadAsync("dispatcher", held, Now.AddDays(-200))).Body.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    private static int NotesOf(JsonElement of) =>
        of.GetProperty("tables").EnumerateArray().Single(row => row.GetProperty("table").GetString() == "track_notes").GetProperty("rows").GetInt32();

    private async Task<string> AddAsync(string worker, DateTimeOffset at, string text)
    {
        var (status, body) = await PostAsync("dispatcher", worker, at, text);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string? user, string worker, DateTimeOffset at, string text, string query = "") =>
        _demo.CallAsync(user, "POST", "/api/tracks/notes" + query, new { id = Guid.NewGuid().ToString(), worker, at, text });

    private Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(string user, string workers, DateTimeOffset from, string more = "") =>
        _demo.CallAsync(user, "GET", $"/api/tracks/notes?workers={workers}&from={Moment(from)}&to={Moment(Now.AddHours(1))}&reason=check{more}");

    private async Task<List<JsonElement>> AuditAsync(string action, string worker) =>
        [.. (await _demo.CallAsync("administrator", "GET", $"/api/audit?action={action}&worker={worker}")).Body.GetProperty("items").EnumerateArray()];

    private static string Moment(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
}

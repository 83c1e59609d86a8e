using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Dispatch.Attachments;
using CommandCenter.IntegrationTests.Alarms;
using CommandCenter.IntegrationTests.Harness;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Files beside alarms: what is taken, from whom, and that the ledger and the report are bound to each.</summary>
public sealed class AttachmentTests
{
    private DispatchWorld _world = null!;
    private int _next;

    private ServerProcess Server => _world.Demo.Server;

    private AuthenticationHeaderValue Desk => _world.Demo.Desk("dispatcher");

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync("--Alarms:AttachmentMegabytes=1");

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task OneIsKeptOnceTheLedgerNamesItAndItComesBackAsItWas()
    {
        var (victim, helper) = (Next(), Next());
        var alarm = await _world.PressAsync(victim, 0, 0);
        await using var wall = await AlarmWall.OpenAsync(Server, _world.Demo.TokenOf("wall"), draws: false);
        var before = wall.Find($"{alarm:D}")!.Version;
        var id = Guid.NewGuid();

        var (status, file) = await Server.AttachAsync(Desk, alarm, id, NoteWorld.Png, "text/html", @"C:\fakepath\现场.html");
        var (again, same) = await Server.AttachAsync(Desk, alarm, id, NoteWorld.Png);
        var (other, exists) = await Server.AttachAsync(Desk, alarm, id, NoteWorld.Jpeg(100));
        var (own, photo) = await Server.AttachAsync(victim.Phone(), alarm, Guid.NewGuid(), NoteWorld.Jpeg(500_000), "image/jpeg", "IMG_1.JPG");
        var (notSent, _) = await Server.AttachAsync(helper.Phone(), alarm, Guid.NewGuid(), NoteWorld.Png);
        await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        var (sent, _) = await Server.AttachAsync(helper.Phone(), alarm, Guid.NewGuid(), NoteWorld.Png);

        var sha = Convert.ToHexStringLower(SHA256.HashData(NoteWorld.Png));
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), file.ToString());
            Assert.That(file.GetProperty("type").GetString(), Is.EqualTo("image/png"), "by its bytes");
            Assert.That(file.GetProperty("name").GetString(), Is.EqualTo("现场.html.png"));
            Assert.That(file.GetProperty("sha256").GetString(), Is.EqualTo(sha));
            Assert.That((again, same.ToString()), Is.EqualTo((HttpStatusCode.OK, file.ToString())), "the same id is the same file");
            Assert.That((other, exists.Reason()), Is.EqualTo((HttpStatusCode.Conflict, "attachment-exists")));
            Assert.That((own, photo.GetProperty("name").GetString()), Is.EqualTo((HttpStatusCode.Created, "IMG_1.JPG")));
            Assert.That(notSent, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(sent, Is.EqualTo(HttpStatusCode.Created));
        });
        var detail = await Server.StoredAsync(Desk, alarm, "attached", 3);
        var entry = detail.Of("attached")[0];
        Assert.That(entry.GetProperty("attachment").ToString(), Is.EqualTo(file.ToString()));
        Assert.That((entry.GetProperty("by").GetString(), entry.GetProperty("text").GetString()), Is.EqualTo(("dispatcher", "现场.html.png")));
        Assert.That(detail.Of("attached").Select(one => one.GetProperty("via").GetString()), Is.EqualTo(new[] { "desk", "phone", "phone" }));
        await wall.UntilAsync($"{alarm:D}", one => one.Version >= before + 3, "each is news");

        using var whole = await GetAsync(Desk, alarm, id);
        Assert.That(await whole.Content.ReadAsByteArrayAsync(), Is.EqualTo(NoteWorld.Png));
        Assert.That(whole.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
        Assert.That((whole.Content.Headers.ContentDisposition!.DispositionType, whole.Content.Headers.ContentDisposition.FileNameStar), Is.EqualTo(("attachment", "现场.html.png")));
        Assert.That(whole.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { "sandbox; default-src 'none'" }));
        Assert.That(whole.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(whole.Headers.CacheControl!.NoStore, Is.True);
        using var part = await GetAsync(Desk, alarm, id, new RangeHeaderValue(1, 3));
        Assert.That((part.StatusCode, await part.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.PartialContent, "PNG")));
        var (_, looks) = await _world.Demo.CallAsync("administrator", "GET", $"/api/audit?action=read-alarm&worker={victim.Worker}");
        Assert.That(looks.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("detail").GetString()), Has.Exactly(2).EqualTo($"attachment {id} of alarm {alarm}"));
    }

    [Test]
    public async Task TheReportListsEachWithItsHashAndSaysWhereOneWasAltered()
    {
        var alarm = await _world.PressAsync(Next(), 0, 0);
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var id in ids)
        {
            await Server.AttachAsync(Desk, alarm, id, id == ids[1] ? "%PDF-1.7 x"u8.ToArray() : NoteWorld.Png, name: "<b>.png");
        }

        await Server.NoteAsync(Desk, alarm, Guid.NewGuid(), "YZ-1 cleared <script>");
        await Server.StoredAsync(Desk, alarm, "attached", 3);
        await using var connection = new NpgsqlConnection(_world.Demo.Backends.Postgres);
        await connection.ExecuteAsync("update alarm_attachments set content = content || '\\x00' where id = @id", new { id = ids[1] });
        await connection.ExecuteAsync("delete from alarm_attachments where id = @id", new { id = ids[2] });

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alarms/{alarm}/report?lang=en");
        request.Headers.Authorization = Desk;
        using var answer = await Server.Http.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page, Does.Contain($"data-file=\"{ids[0]}\" data-state=\"whole\"").And.Contain($"<img src=\"/api/alarms/{alarm}/attachments/{ids[0]}\""));
        Assert.That(page, Does.Contain($"data-file=\"{ids[1]}\" data-state=\"altered\"").And.Contain("application/pdf"));
        Assert.That(page, Does.Contain($"data-file=\"{ids[2]}\" data-state=\"gone\"").And.Not.Contain($"attachments/{ids[2]}"));
        Assert.That(page, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(NoteWorld.Png))));
        Assert.That(page, Does.Contain("YZ-1 cleared &lt;script&gt;").And.Not.Contain("<script"), "as it was written");
    }

    [Test]
    public async Task OnlyThoseWhoMayKnowWhomItIsAboutSeeIt()
    {
        var (stranger, place) = await _world.Demo.StrangerAsync();
        var (alarm, id) = (Guid.NewGuid(), Guid.NewGuid());
        await _world.ByPhoneAsync(stranger, "POST", "/api/alarms", new { id = alarm, kind = "sos", longitude = place[0], latitude = place[1], occurredAt = DateTimeOffset.UtcNow });
        Assert.That((await Server.AttachAsync(stranger.Phone(), alarm, id, NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.Created));
        var small = _world.Demo.Desk(NoteWorld.Small);

        async Task<HttpStatusCode> GetStatusAsync(AuthenticationHeaderValue? who, object? of = null, object? file = null)
        {
            using var answer = await GetAsync(who, of ?? alarm, file ?? id);
            return answer.StatusCode;
        }

        Assert.That(await GetStatusAsync(Desk), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await GetStatusAsync(small), Is.EqualTo(HttpStatusCode.Forbidden), "a stranger's");
        Assert.That(await GetStatusAsync(_world.Demo.Desk("wall")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await GetStatusAsync(stranger.Phone()), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await GetStatusAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await GetStatusAsync(Desk, Guid.NewGuid()), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await GetStatusAsync(Desk, null, Guid.NewGuid()), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await GetStatusAsync(Desk, await _world.PressAsync(Next(), 0, 0)), Is.EqualTo(HttpStatusCode.Forbidden), "of another alarm");
        var seen = await Server.StoredAsync(small, alarm, "attached", 1);
        Assert.That(seen.Of("attached")[0].GetProperty("attachment").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That((await Server.AttachAsync(Next().Phone(), alarm, Guid.NewGuid(), NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await Server.AttachAsync(_world.Demo.Desk("wall"), alarm, Guid.NewGuid(), NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task WhatIsTooBigOrNoneOfTheTypesIsRefused()
    {
        var alarm = await _world.PressAsync(Next(), 0, 0);

        var (most, _) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), NoteWorld.Jpeg(1_048_576));
        var (tooBig, problem) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), NoteWorld.Jpeg(1_048_577));
        Assert.That(most, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((tooBig, problem.Reason()), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "too-large")));
        var (unannounced, _) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), NoteWorld.Jpeg(1_048_577), chunked: true);
        Assert.That(unannounced, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        var (inChunks, _) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), NoteWorld.Jpeg(900_000), chunked: true);
        Assert.That(inChunks, Is.EqualTo(HttpStatusCode.Created));
        foreach (var bytes in new[] { "<html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "MZ", "\u0000\u0000\u0000\u0018ftypheic", "GIF89a" })
        {
            var (status, refused) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), Encoding.UTF8.GetBytes(bytes));
            Assert.That((status, refused.Reason()), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "attachment-type")), bytes);
        }

        var (empty, nothing) = await Server.AttachAsync(Desk, alarm, Guid.NewGuid(), []);
        Assert.That((empty, nothing.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "body")));
        var (noId, bad) = await Server.AttachAsync(Desk, alarm, "", NoteWorld.Png);
        Assert.That((noId, bad.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "id")));
        await Server.StoredAsync(Desk, alarm, "attached", 2);
    }

    [Test]
    public async Task AnAlarmTakesTwentyHoweverTheyCome()
    {
        var alarm = await _world.PressAsync(Next(), 0, 0);
        var ids = Enumerable.Range(0, 24).Select(_ => Guid.NewGuid()).ToList();

        var answers = await Task.WhenAll(ids.Select(async id => (Id: id, Answer: await Server.AttachAsync(Desk, alarm, id, NoteWorld.Png))));

        Assert.That(answers.Count(one => one.Answer.Status == HttpStatusCode.Created), Is.EqualTo(20));
        Assert.That(
            answers.Where(one => one.Answer.Status != HttpStatusCode.Created).Select(one => (one.Answer.Status, one.Answer.Body.Reason())),
            Is.All.EqualTo((HttpStatusCode.Conflict, "attachments-full")));
        var there = answers.First(one => one.Answer.Status == HttpStatusCode.Created).Id;
        Assert.That((await Server.AttachAsync(Desk, alarm, there, NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.OK), "a retry");
        await Server.StoredAsync(Desk, alarm, "attached", 20);
    }

    /// <summary>As a kill leaves it between the file and the ledger.</summary>
    [Test]
    public async Task WhatTheLedgerWasNotToldIsToldByTheClockOnce()
    {
        var (alarm, id) = (await _world.PressAsync(Next(), 0, 0), Guid.NewGuid());
        await using var connection = new NpgsqlConnection(_world.Demo.Backends.Postgres);
        await connection.ExecuteAsync(
            """
            insert into alarm_attachments (alarm_id, id, name, type, size, sha256, content, speaker, by_name, after_end, at_ms, told)
            values (@alarm, @id, 'x.png', 'image/png', @size, sha256(@png), @png, 'a1', 'somebody', false, @atMs, false)
            """,
            new { alarm, id, png = NoteWorld.Png, size = NoteWorld.Png.Length, atMs = DateTimeOffset.UtcNow.AddSeconds(-30).ToUnixTimeMilliseconds() });

        var (retried, _) = await Server.AttachAsync(Desk, alarm, id, NoteWorld.Png);
        await Eventually.TrueAsync(
            async () => await connection.QuerySingleAsync<bool>("select told from alarm_attachments where id = @id", new { id }), "it is told", AlarmCenter.Patience);

        Assert.That(retried, Is.EqualTo(HttpStatusCode.OK));
        var detail = await Server.StoredAsync(Desk, alarm, "attached", 1);
        Assert.That(detail.Of("attached")[0].GetProperty("by").GetString(), Is.EqualTo("somebody"));
    }

    [Test]
    public async Task ThoseOfGivenAlarmsAreDeletedAndTheLedgerStaysWhole()
    {
        Guid[] alarms = [await _world.PressAsync(Next(), 0, 0), await _world.PressAsync(Next(), 0, 0)];
        Guid[] files = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var (alarm, file) in alarms.Zip(files))
        {
            Assert.That((await Server.AttachAsync(Desk, alarm, file, NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.Created));
        }

        await using var connection = new NpgsqlConnection(_world.Demo.Backends.Postgres);
        Assert.That(await AttachmentStore.DeleteOfAlarmsAsync(connection, null, [alarms[0]], CancellationToken.None), Is.EqualTo(1));

        using var gone = await GetAsync(Desk, alarms[0], files[0]);
        using var kept = await GetAsync(Desk, alarms[1], files[1]);
        Assert.That((gone.StatusCode, kept.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.OK)));
        await Server.StoredAsync(Desk, alarms[0], "attached", 1);
    }

    private async Task<HttpResponseMessage> GetAsync(AuthenticationHeaderValue? who, object alarm, object id, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alarms/{alarm}/attachments/{id}");
        request.Headers.Authorization = who;
        request.Headers.Range = range;
        return await Server.Http.SendAsync(request);
    }

    /// <summary>Of somebody whom no other test of this class uses.</summary>
    private CommandCenter.Demo.DemoDevice Next() => _world.Phones[_next++];
}

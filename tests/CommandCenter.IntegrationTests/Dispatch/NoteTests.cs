using System.Net;
using CommandCenter.IntegrationTests.Alarms;
using CommandCenter.IntegrationTests.Harness;
using Dapper;
using Npgsql;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>Notes in an alarm's ledger: whose they may be, and that each is there once and everywhere.</summary>
public sealed class NoteTests
{
    private DispatchWorld _world = null!;
    private int _next;

    private ServerProcess Server => _world.Demo.Server;

    [OneTimeSetUp]
    public async Task StartAsync() => _world = await DispatchWorld.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task DeskAndPhonesConcernedWriteThemAndEveryWallIsTold()
    {
        var (victim, helper) = Two();
        var desk = _world.Demo.Desk("dispatcher");
        var alarm = await _world.PressAsync(victim, 0, 0);
        await using var wall = await AlarmWall.OpenAsync(Server, _world.Demo.TokenOf("wall"), draws: false);
        var before = wall.Find($"{alarm:D}")!.Version;
        var id = Guid.NewGuid();

        var (status, receipt) = await Server.NoteAsync(desk, alarm, id, " 家属已联系\r\n在路上 ");
        var (again, _) = await Server.NoteAsync(desk, alarm, id, "其他内容");
        var (own, _) = await Server.NoteAsync(victim.Phone(), alarm, id, "在二楼");
        var (notSent, problem) = await Server.NoteAsync(helper.Phone(), alarm, Guid.NewGuid(), "我在附近");
        await _world.SendAsync("dispatcher", alarm, Guid.NewGuid(), helper);
        var (sent, _) = await Server.NoteAsync(helper.Phone(), alarm, Guid.NewGuid(), "YZ-1 cleared");

        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), receipt.ToString());
            Assert.That(receipt.GetProperty("afterEnd").GetBoolean(), Is.False);
            Assert.That(again, Is.EqualTo(HttpStatusCode.OK), "the same id is the same note");
            Assert.That(own, Is.EqualTo(HttpStatusCode.Created), "another writer's note, whatever its id");
            Assert.That((notSent, problem.Reason()), Is.EqualTo((HttpStatusCode.Forbidden, "out-of-scope")));
            Assert.That(sent, Is.EqualTo(HttpStatusCode.Created));
        });
        var detail = await Server.StoredAsync(desk, alarm, "note", 3);
        Assert.That(
            detail.Of("note").Select(note => (note.GetProperty("by").GetString(), note.GetProperty("via").GetString(), note.GetProperty("text").GetString())),
            Is.EqualTo(new[] { ("dispatcher", "desk", "家属已联系\n在路上"), (victim.Worker, "phone", "在二楼"), (helper.Worker, "phone", "YZ-1 cleared") }));
        await wall.UntilAsync($"{alarm:D}", one => one.Version >= before + 4, "three notes and a dispatch are news");
    }

    [Test]
    public async Task AfterTheEndTheySaySo()
    {
        var (victim, _) = Two();
        var desk = _world.Demo.Desk("dispatcher");
        var alarm = await _world.PressAsync(victim, 0, 0);
        await _world.Demo.CallAsync("dispatcher", "POST", $"/api/alarms/{alarm}/resolve", new { outcome = "resolved", reason = "done" });
        await using var wall = await AlarmWall.OpenAsync(Server, _world.Demo.TokenOf("wall"), draws: false);

        var (status, receipt) = await Server.NoteAsync(desk, alarm, Guid.NewGuid(), "复核：已回家");

        Assert.That((status, receipt.GetProperty("afterEnd").GetBoolean()), Is.EqualTo((HttpStatusCode.Created, true)));
        await wall.UntilAsync($"{alarm:D}", one => one.State == "resolved", "whoever has the card open is told");
        var detail = await Server.StoredAsync(desk, alarm, "note", 1);
        Assert.That(detail.Of("note")[0].GetProperty("afterEnd").GetBoolean(), Is.True);
        Assert.That(detail.GetProperty("notesUntil").GetDateTimeOffset(), Is.EqualTo(detail.GetProperty("closedAt").GetDateTimeOffset().AddDays(30)));
    }

    [Test]
    public async Task OneThatEndedDaysAgoTakesThemUntilItIsTooOld()
    {
        var (victim, _) = Two();
        var desk = _world.Demo.Desk("dispatcher");
        var alarm = await _world.PressAsync(victim, 0, 0);
        await _world.Demo.CallAsync("dispatcher", "POST", $"/api/alarms/{alarm}/resolve", new { outcome = "resolved", reason = "done" });
        await Eventually.TrueAsync(async () => (await Server.DetailAsync(desk, alarm)).GetProperty("stored").GetBoolean(), "all of it is stored", AlarmCenter.Patience);
        await EndedDaysAgoAsync(alarm, 29);

        // A node that comes up now does not hold it in memory.
        using var folder = new TemporaryFolder();
        using var thirdFolder = new TemporaryFolder();
        await using var other = await NodeAsync(folder);
        await using var wall = await AlarmWall.OpenAsync(other, _world.Demo.TokenOf("wall"), draws: false);
        var (status, _) = await other.NoteAsync(desk, alarm, Guid.NewGuid(), "补记");
        await wall.UntilAsync($"{alarm:D}", one => one.State == "resolved", "whoever has the card open is told");
        await EndedDaysAgoAsync(alarm, 31);
        await using var third = await NodeAsync(thirdFolder);
        var (late, problem) = await third.NoteAsync(desk, alarm, Guid.NewGuid(), "太晚");
        var (file, _) = await third.AttachAsync(desk, alarm, Guid.NewGuid(), NoteWorld.Png);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((late, problem.Reason()), Is.EqualTo((HttpStatusCode.Conflict, "alarm-too-old")));
        Assert.That(file, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task NobodyElseWritesAndNothingThatIsNoNote()
    {
        var (victim, _) = await _world.Demo.StrangerAsync();
        var alarm = await _world.PressAsync(victim, 300_000, 300_000);
        var desk = _world.Demo.Desk("dispatcher");

        async Task<HttpStatusCode> ByAsync(System.Net.Http.Headers.AuthenticationHeaderValue? who, object? of = null) =>
            (await Server.NoteAsync(who, of ?? alarm, Guid.NewGuid(), "x")).Status;
        Assert.That(await ByAsync(null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await ByAsync(NoteWorld.Basic(victim.User, "wrong")), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await ByAsync(_world.Demo.Desk("wall")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await ByAsync(_world.Demo.Desk(NoteWorld.Small)), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await ByAsync(desk, Guid.NewGuid()), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await ByAsync(desk, "nonsense"), Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var text in new[] { null, "", "  ", "a\0b", "a\u001bb", new string('字', 501) })
        {
            var (status, problem) = await Server.NoteAsync(desk, alarm, Guid.NewGuid(), text);
            Assert.That((status, problem.GetProperty("argument").GetString()), Is.EqualTo((HttpStatusCode.BadRequest, "text")));
        }

        Assert.That((await Server.NoteAsync(desk, alarm, "7", "x")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Server.NoteAsync(desk, alarm, Guid.NewGuid(), new string('字', 500))).Status, Is.EqualTo(HttpStatusCode.Created));
        await Server.StoredAsync(desk, alarm, "note", 1);
    }

    private Task<ServerProcess> NodeAsync(TemporaryFolder folder)
    {
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(_world.Demo.Folder, file), Path.Combine(folder.Path, file));
        }

        return _world.Demo.LaunchAsync(folder.Path);
    }

    private async Task EndedDaysAgoAsync(Guid alarm, int days)
    {
        await using var connection = new NpgsqlConnection(_world.Demo.Backends.Postgres);
        var closedMs = DateTimeOffset.UtcNow.AddDays(-days).ToUnixTimeMilliseconds();
        Assert.That(await connection.ExecuteAsync("update alarms set closed_ms = @closedMs where id = @alarm", new { alarm, closedMs }), Is.EqualTo(1));
    }

    /// <summary>People whom no other test of this class uses.</summary>
    private (CommandCenter.Demo.DemoDevice Victim, CommandCenter.Demo.DemoDevice Helper) Two() => (_world.Phones[_next++], _world.Phones[_next++]);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CommandCenter.IntegrationTests.Alarms;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Dispatch;

/// <summary>What was answered of notes and files is there once, after a <c>kill -9</c> and with PostgreSQL stopped.</summary>
public sealed class NoteFaultTests
{
    [Test]
    public async Task NoneThatWasAnsweredIsLostOrDoubledByTheServersKill()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(first);
        var desk = new AuthenticationHeaderValue("Bearer", await center.SignInAsync("dispatcher"));
        var alarm = AlarmCenter.NewId();
        await first.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(alarm));
        var (notes, files) = (Enumerable.Range(0, 60).Select(_ => Guid.NewGuid()).ToList(), Enumerable.Range(0, 15).Select(_ => Guid.NewGuid()).ToList());
        var answered = new ConcurrentBag<Guid>();

        var sending = Task.WhenAll(
            SendAllAsync(notes, id => first.NoteAsync(desk, alarm, id, $"n {id}"), answered), SendAllAsync(files, id => first.AttachAsync(desk, alarm, id, NoteWorld.Png, name: $"{id}.png"), answered));
        await Eventually.TrueAsync(() => answered.Count >= 8, "some are answered", AlarmCenter.Patience);
        await first.KillAsync();
        await sending;

        await using var second = await ServerProcess.StartAsync(folder.Path);
        var again = new AuthenticationHeaderValue("Bearer", await center.At(second).SignInAsync("dispatcher"));
        var kept = await second.DetailAsync(again, alarm);
        var texts = kept.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("text").GetString()).ToList();
        Assert.That(answered.Select(id => notes.Contains(id) ? $"n {id}" : $"{id}.png"), Is.SubsetOf(texts), "all that were answered");

        foreach (var id in notes)
        {
            Assert.That((await second.NoteAsync(again, alarm, id, $"n {id}")).Status, answered.Contains(id) ? Is.EqualTo(HttpStatusCode.OK) : Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Created));
        }

        foreach (var id in files)
        {
            Assert.That(
                (await second.AttachAsync(again, alarm, id, NoteWorld.Png, name: $"{id}.png")).Status,
                answered.Contains(id) ? Is.EqualTo(HttpStatusCode.OK) : Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Created));
        }

        await second.StoredAsync(again, alarm, "note", notes.Count);
        await second.StoredAsync(again, alarm, "attached", files.Count);
    }

    [Test]
    public async Task WithPostgresStoppedNotesComeThroughAndFilesAreAskedForLater()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(server);
        var desk = new AuthenticationHeaderValue("Bearer", await center.SignInAsync("dispatcher"));
        var phone = NoteWorld.Basic(center.Devices[0].User, center.Devices[0].Password);
        var (alarm, file) = (AlarmCenter.NewId(), Guid.NewGuid());
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(alarm));
        var pid = server.Services.Postgres!.Pid;
        Signal("STOP", pid);
        try
        {
            Assert.That((await server.NoteAsync(desk, alarm, Guid.NewGuid(), "desk")).Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((await server.NoteAsync(phone, alarm, Guid.NewGuid(), "phone")).Status, Is.EqualTo(HttpStatusCode.Created));
            var (status, problem) = await server.AttachAsync(phone, alarm, file, NoteWorld.Png);
            Assert.That((status, problem.Reason()), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "backend-away")));
        }
        finally
        {
            Signal("CONT", pid);
        }

        await Eventually.TrueAsync(
            async () => (await server.AttachAsync(phone, alarm, file, NoteWorld.Png)).Status is HttpStatusCode.Created or HttpStatusCode.OK, "sent again it is taken", AlarmCenter.Patience);
        await server.StoredAsync(desk, alarm, "attached", 1);
        await server.StoredAsync(desk, alarm, "note", 2);
    }

    [Test]
    public async Task WithRedisStoppedBothGoStraightIntoTheLedger()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(server);
        var desk = new AuthenticationHeaderValue("Bearer", await center.SignInAsync("dispatcher"));
        var (alarm, note, file) = (AlarmCenter.NewId(), Guid.NewGuid(), Guid.NewGuid());
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(alarm));
        var pid = server.Services.Redis!.Pid;
        Signal("STOP", pid);
        try
        {
            Assert.That((await server.NoteAsync(desk, alarm, note, "x")).Status, Is.EqualTo(HttpStatusCode.Created));
            Assert.That((await server.AttachAsync(desk, alarm, file, NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.Created));
            await server.StoredAsync(desk, alarm, "attached", 1);
        }
        finally
        {
            Signal("CONT", pid);
        }

        Assert.That((await server.NoteAsync(desk, alarm, note, "x")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.AttachAsync(desk, alarm, file, NoteWorld.Png)).Status, Is.EqualTo(HttpStatusCode.OK));
        await server.StoredAsync(desk, alarm, "attached", 1);
        await server.StoredAsync(desk, alarm, "note", 1);
    }

    private static async Task SendAllAsync(IEnumerable<Guid> ids, Func<Guid, Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)>> send, ConcurrentBag<Guid> answered)
    {
        try
        {
            foreach (var id in ids)
            {
                Assert.That((await send(id)).Status, Is.EqualTo(HttpStatusCode.Created));
                answered.Add(id);
            }
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            // The server is gone.
        }
    }

    /// <summary>To the process and all below it: a PostgreSQL whose first process alone is stopped answers on.</summary>
    private static void Signal(string name, int pid)
    {
        using var kill = Process.Start("kill", ["-" + name, .. Tree(pid).Select(one => one.ToString(CultureInfo.InvariantCulture))]);
        kill.WaitForExit();
    }

    private static IEnumerable<int> Tree(int pid)
    {
        var children = File.Exists($"/proc/{pid}/task/{pid}/children") ? File.ReadAllText($"/proc/{pid}/task/{pid}/children") : "";
        return [pid, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture)))];
    }
}

using System.Diagnostics;
using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Storage.Embedded;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>An answered alarm is never lost: with PostgreSQL or Redis stopped, and after a <c>kill -9</c> of any one process.</summary>
public sealed class AlarmFaultTests
{
    [Test]
    public async Task WithPostgresStoppedItIsAnsweredAndShownAndTheLedgerIsCompleteAfterwards()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(server);
        var dispatcher = await center.SignInAsync("dispatcher");
        await using var wall = await AlarmWall.OpenAsync(server, await center.SignInAsync("wall"));
        var ids = Enumerable.Range(0, 5).Select(_ => AlarmCenter.NewId()).ToList();
        SendSignal("STOP", server.Services.Postgres!.Pid);
        try
        {
            foreach (var id in ids)
            {
                var clock = Stopwatch.StartNew();
                var (status, body) = await server.PressAsync(center.Devices[0], AlarmCenter.Press(id));
                Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
                await wall.UntilAsync(id, _ => true, "shown");
                Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "without waiting for PostgreSQL, with room for a busy machine");
            }

            Assert.That((await server.CallAsync(dispatcher, "POST", $"/api/alarms/{ids[0]}/acknowledge")).Status, Is.EqualTo(HttpStatusCode.OK), "people act, too");
            await wall.UntilAsync(ids[0], alarm => alarm.State == "acknowledged", "the act is shown");
            var listed = await server.GetAsync(dispatcher, "/api/alarms?state=open");
            Assert.That(listed.Ids(), Is.SupersetOf(ids), "from memory");
            await Eventually.TrueAsync(() => wall.News.Any(news => news.Away == "postgres"), "the wall says so", AlarmCenter.Patience);
        }
        finally
        {
            SendSignal("CONT", server.Services.Postgres!.Pid);
        }

        foreach (var id in ids)
        {
            var alarm = await server.StoredAsync(dispatcher, id, alarm => alarm.Steps().Contains("shown"));
            Assert.That(alarm.Steps(), Is.Unique.And.Contains("raised"));
            Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
        }

        Assert.That((await server.StoredAsync(dispatcher, ids[0])).Steps(), Does.Contain("acknowledged"));
    }

    [Test]
    public async Task WithRedisStoppedItIsStoredAtOnceAndShownHere()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(server);
        var dispatcher = await center.SignInAsync("dispatcher");
        await using var wall = await AlarmWall.OpenAsync(server, await center.SignInAsync("wall"));
        var (before, during) = (AlarmCenter.NewId(), AlarmCenter.NewId());
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(before));
        SendSignal("STOP", server.Services.Redis!.Pid);
        try
        {
            var (status, body) = await server.PressAsync(center.Devices[0], AlarmCenter.Press(during));
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
            Assert.That((await server.PressAsync(center.Devices[0], AlarmCenter.Press(during))).Status, Is.EqualTo(HttpStatusCode.OK), "a retry");
            await wall.UntilAsync(during, _ => true, "shown");
            Assert.That((await server.CallAsync(dispatcher, "POST", $"/api/alarms/{before}/resolve", new { outcome = "resolved", reason = "x" })).Status, Is.EqualTo(HttpStatusCode.OK));
            await Eventually.TrueAsync(() => wall.News.Any(news => news.Away == "redis"), "the wall says so", AlarmCenter.Patience);
            Assert.That((await server.StoredAsync(dispatcher, during)).Steps(), Does.Contain("raised"));
        }
        finally
        {
            SendSignal("CONT", server.Services.Redis!.Pid);
        }

        await Eventually.TrueAsync(() => wall.News[^1].Away.Length == 0 || wall.News.Reverse().TakeWhile(news => news.Away.Length == 0).Any(), "Redis is back", AlarmCenter.Patience);
        var after = AlarmCenter.NewId();
        await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(after));
        foreach (var (id, step) in new[] { (before, "resolved"), (during, "raised"), (after, "raised") })
        {
            var alarm = await server.StoredAsync(dispatcher, id, alarm => alarm.Steps().Contains(step) && alarm.Steps().Contains("shown"));
            Assert.That(alarm.Steps(), Is.Unique);
            Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
        }
    }

    [Test]
    public async Task AnAnsweredOneSurvivesTheServersKill()
    {
        using var folder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(first);
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(AlarmCenter.NewId());
            await first.PressUntilAnsweredAsync(center.Devices[i % 3], AlarmCenter.Press(ids[^1]));
        }

        await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(folder.Path);
        var dispatcher = await center.At(second).SignInAsync("dispatcher");
        await using var wall = await AlarmWall.OpenAsync(second, dispatcher);

        Assert.That((await second.GetAsync(dispatcher, "/api/alarms?state=open")).Ids(), Is.EquivalentTo(ids));
        Assert.That(wall.News[0].Alarms.Select(alarm => alarm.Id), Is.EquivalentTo(ids));
        foreach (var id in ids)
        {
            Assert.That((await second.StoredAsync(dispatcher, id)).Steps().Count(step => step == "raised"), Is.EqualTo(1));
        }
    }

    [TestCase("redis")]
    [TestCase("postgres")]
    public async Task NoneIsLostOrDoubledWhileABackendIsKilled(string backend)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var center = await DemoCenter.OfAsync(server);
        var dispatcher = await center.SignInAsync("dispatcher");
        await using var wall = await AlarmWall.OpenAsync(server, dispatcher);
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            if (i % 10 == 5)
            {
                ChildCommand.Send(backend == "redis" ? server.Services.Redis!.Pid : server.Services.Postgres!.Pid, Signal.Kill);
            }

            ids.Add(AlarmCenter.NewId());
            await server.PressUntilAnsweredAsync(center.Devices[i % 3], AlarmCenter.Press(ids[^1]));
        }

        foreach (var id in ids)
        {
            await wall.UntilAsync(id, _ => true, "shown");
            var alarm = await server.StoredAsync(dispatcher, id, alarm => alarm.Steps().Contains("shown"));
            Assert.That(alarm.Steps(), Is.Unique);
            Assert.That(alarm.GetProperty("intact").GetBoolean(), Is.True);
        }

        Assert.That((await server.GetAsync(dispatcher, "/api/alarms?limit=1000")).Ids(), Is.EquivalentTo(ids));
    }

    /// <summary>To the process and all below it: a PostgreSQL whose first process alone is stopped answers on.</summary>
    internal static void SendSignal(string name, int pid)
    {
        string[] all = [.. Tree(pid).Select(one => one.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        using var kill = Process.Start("kill", ["-" + name, .. all]);
        kill.WaitForExit();
    }

    private static IEnumerable<int> Tree(int pid)
    {
        var children = File.Exists($"/proc/{pid}/task/{pid}/children") ? File.ReadAllText($"/proc/{pid}/task/{pid}/children") : "";
        return [pid, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(child => Tree(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)))];
    }
}

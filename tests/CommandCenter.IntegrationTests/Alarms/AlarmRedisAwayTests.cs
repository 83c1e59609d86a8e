using System.Diagnostics;
using System.Globalization;
using System.Net;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;

namespace CommandCenter.IntegrationTests.Alarms;

/// <summary>Two nodes whose Redis stands still: they see each other's alarms through PostgreSQL, and what nobody answers escalates all the same.</summary>
public sealed class AlarmRedisAwayTests
{
    private static readonly string[] Quick = ["--demo", "--AlarmEscalation:FirstSeconds=2", "--AlarmEscalation:SecondSeconds=4", "--AlarmEscalation:RepeatSeconds=60"];

    [Test]
    public async Task NodesSeeEachOthersAlarmsAndEscalateThemOnce()
    {
        using var folder = new TemporaryFolder();
        using var otherFolder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path, Quick);
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(folder.Path, file), Path.Combine(otherFolder.Path, file));
        }

        var (redis, password) = (first.Services.Redis!, File.ReadAllText(Path.Combine(folder.Path, "secrets", "redis-password")).Trim());
        await using var second = await ServerProcess.StartAsync(
            otherFolder.Path,
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Postgres"] = StoredTracks.ConnectionString(first).Replace("Pooling=False", "Pooling=True", StringComparison.Ordinal),
                ["ConnectionStrings__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port},password={password}"),
            },
            Quick);
        var center = await DemoCenter.OfAsync(first);
        var dispatcher = await center.SignInAsync("dispatcher");
        await using var wall = await AlarmWall.OpenAsync(second, dispatcher);
        var id = AlarmCenter.NewId();
        Signal("STOP", redis.Pid);
        try
        {
            var (status, body) = await first.PressAsync(center.Devices[0], AlarmCenter.Press(id));
            Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
            await wall.UntilAsync(id, _ => true, "the other node's wall sees it");
            await wall.UntilAsync(id, alarm => alarm.Level == 2, "it escalates");
        }
        finally
        {
            Signal("CONT", redis.Pid);
        }

        await Eventually.TrueAsync(() => wall.News[^1].Away.Length == 0, "Redis is back", AlarmCenter.Patience);
        Assert.That((await first.CallAsync(dispatcher, "POST", $"/api/alarms/{id}/acknowledge")).Status, Is.EqualTo(HttpStatusCode.OK));
        await wall.UntilAsync(id, alarm => alarm.State == "acknowledged", "the line goes on");
        var stored = await first.StoredAsync(dispatcher, id, alarm => alarm.Steps().Contains("acknowledged") && alarm.Steps().Contains("shown"));
        Assert.That(stored.Steps().Distinct().Order(), Is.EqualTo(new[] { "acknowledged", "escalated", "raised", "shown" }));
        Assert.That(stored.Steps().Where(step => step != "escalated"), Is.Unique);
        Assert.That(stored.Steps().Count(step => step == "escalated"), Is.LessThanOrEqualTo(2), "each level once, whichever node says so");
        Assert.That(stored.GetProperty("intact").GetBoolean(), Is.True);
    }

    private static void Signal(string name, int pid)
    {
        using var kill = Process.Start("kill", ["-" + name, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

using CommandCenter.Backup;
using CommandCenter.Chaos.Center;
using CommandCenter.IntegrationTests.Alarms;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using Npgsql;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>Alarms in a backup: acknowledged ones, open ones, and one that is in the log alone. The restored center has them all, proves them, and goes on escalating.</summary>
public sealed class BackupAlarmTests
{
    private static readonly string[] Signing = ["--demo", "--Alarms:SignHeadsMinutes=0.02", "--AlarmEscalation:FirstSeconds=3600", "--AlarmEscalation:SecondSeconds=7200"];

    [Test]
    public async Task ARestoredCenterHasEveryAlarmAndTheirLedgersHold()
    {
        using var folder = new TemporaryFolder();
        using var place = new TemporaryFolder();
        var backup = Path.Combine(place.Path, "backup");
        var restored = Path.Combine(place.Path, "restored");
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("O"));
        var (closed, acknowledged, waiting) = (AlarmCenter.NewId(), AlarmCenter.NewId(), AlarmCenter.NewId());
        var pressed = new List<string>();
        await using (var server = await ServerProcess.StartAsync(folder.Path, Signing))
        {
            var center = await DemoCenter.OfAsync(server);
            var dispatcher = await center.SignInAsync("dispatcher");
            foreach (var id in (string[])[closed, acknowledged])
            {
                await server.PressUntilAnsweredAsync(center.Devices[0], AlarmCenter.Press(id));
                Assert.That((await server.CallAsync(dispatcher, "POST", $"/api/alarms/{id}/acknowledge", new { note = "on it" })).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
            }

            await server.CallAsync(dispatcher, "POST", $"/api/alarms/{closed}/resolve", new { outcome = "resolved", reason = "ok" });
            await server.StoredAsync(dispatcher, closed, alarm => alarm.Steps().Contains("resolved"));
            await server.StoredAsync(dispatcher, acknowledged, alarm => alarm.Steps().Contains("acknowledged"));
            await Eventually.TrueAsync(() => SignedOf(folder.Path, closed), "signed", AlarmCenter.Patience);
            await TakeAsync(server, center, folder.Path, backup, waiting, pressed);
        }

        Assert.That(SignedOf(Path.Combine(backup, BackupNote.Folder), closed), Is.True, "the signed lists are in the backup");
        await new RestoreRun(backup, restored, backends: null, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);

        await using var again = await ServerProcess.StartAsync(restored, "--demo", "--Alarms:SignHeadsMinutes=0.02", "--AlarmEscalation:FirstSeconds=1", "--AlarmEscalation:SecondSeconds=2");
        var reader = await (await DemoCenter.OfAsync(again)).SignInAsync("dispatcher");
        foreach (var id in (string[])[closed, acknowledged, waiting, .. pressed])
        {
            Assert.That((await again.StoredAsync(reader, id)).GetProperty("intact").GetBoolean(), Is.True, id);
        }

        Assert.That((await again.StoredAsync(reader, closed)).Steps(), Is.EqualTo(new[] { "raised", "acknowledged", "resolved" }));
        Assert.That((await again.GetAsync(reader, $"/api/alarms/{acknowledged}")).GetProperty("state").GetString(), Is.EqualTo("acknowledged"));
        await again.StoredAsync(reader, waiting, alarm => alarm.GetProperty("level").GetInt32() >= 2);
        Assert.That((await again.StoredAsync(reader, acknowledged)).Steps(), Does.Not.Contain("escalated"));
        var sum = await again.GetAsync(reader, $"/api/alarms/reconciliation?from={from}");
        Assert.That(sum.GetProperty("broken").GetArrayLength(), Is.Zero, sum.ToString());
    }

    /// <summary>While it is taken phones press on, and the first of those presses cannot be written through before the copy of PostgreSQL is done.</summary>
    private static async Task TakeAsync(ServerProcess server, DemoCenter center, string folder, string backup, string waiting, List<string> pressed)
    {
        await using var connection = new NpgsqlConnection(StoredTracks.ConnectionString(server));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("lock table alarm_ledger in exclusive mode", connection, transaction);
        await hold.ExecuteNonQueryAsync();
        await server.PressUntilAnsweredAsync(center.Devices[1], AlarmCenter.Press(waiting));
        for (var i = 0; i < 5; i++)
        {
            pressed.Add(AlarmCenter.NewId());
            await server.PressUntilAnsweredAsync(center.Devices[2], AlarmCenter.Press(pressed[^1], "information"));
        }

        var answered = 0;
        var taking = new TakeRun(folder, backup, backends: null, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);
        while (!taking.IsCompleted)
        {
            await server.PressUntilAnsweredAsync(center.Devices[2], AlarmCenter.Press(AlarmCenter.NewId(), "information"));
            answered++;
        }

        await taking;
        Assert.That(answered, Is.GreaterThan(0), "phones were answered all the while");
    }

    private static bool SignedOf(string folder, string alarm)
    {
        var heads = Path.Combine(folder, "alarm-heads");
        return Directory.Exists(heads) && Directory.EnumerateFiles(heads, "*.txt").Any(file => File.ReadAllText(file).Contains(alarm, StringComparison.Ordinal));
    }
}

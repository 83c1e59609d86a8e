using CommandCenter.Backup;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Load;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.IntegrationTests.Line;
using CommandCenter.Phones;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>A running center under load is backed up, restored elsewhere, started, and has everything that was answered before.</summary>
public sealed class BackupTests
{
    private const int Phones = 10;

    private static readonly string[] Slow = ["--TrackWriter:FlushSeconds=3", "--LivePicture:CheckpointSeconds=1", "--PositionLog:TrimSeconds=1"];

    [Test]
    public async Task ARestoredCenterHasAllThatWasAnsweredBeforeItsBackup()
    {
        using var folder = new TemporaryFolder();
        using var place = new TemporaryFolder();
        var backup = Path.Combine(place.Path, "backup");
        var restored = Path.Combine(place.Path, "restored");
        Ledger before;
        await using (var server = await ServerProcess.StartAsync(folder.Path, Slow))
        {
            var ledger = new Ledger(await CenterPeople.CallUpAsync(folder.Path, StoredTracks.ConnectionString(server), Phones, CancellationToken.None));
            using var http = PhoneLine.Open(server.Url);
            using var taking = new CancellationTokenSource();
            using var ending = new CancellationTokenSource();
            var pace = TimeSpan.FromMilliseconds(50);
            var phones = Enumerable.Range(0, Phones).Select(i => new PhoneLoad(ledger, http, i, PhoneProtocol.TraccarNested, pace, pace).RunAsync(taking.Token, ending.Token)).ToArray();
            await Eventually.TrueAsync(() => ledger.Answered > 50 * Phones, "some are stored, some wait in the log");
            before = CopyOf(ledger);
            await new TakeRun(folder.Path, backup, backends: null, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);
            await Eventually.TrueAsync(() => ledger.Answered > before.Answered + Phones, "phones were answered all the while");
            await taking.CancelAsync();
            await Task.WhenAll(phones);
        }

        await new RestoreRun(backup, restored, backends: null, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);

        await using var again = await ServerProcess.StartAsync(restored, "--TrackWriter:FlushSeconds=0.5");
        var center = await DemoCenter.OfAsync(again);
        await Eventually.TrueAsync(
            async () => (await StoredCheck.RunAsync(StoredTracks.ConnectionString(again), before, CancellationToken.None)).Lost == 0, "all of it is stored", TimeSpan.FromSeconds(30));
        var stored = await StoredCheck.RunAsync(StoredTracks.ConnectionString(again), before, CancellationToken.None);
        Assert.That(stored.IsWhole, Is.True, stored.ToString());
        Assert.That(await center.SignInAsync("dispatcher"), Is.Not.Empty, "people sign in as before");
        Assert.That(await center.SendFixAsync(center.Devices[0], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()), Is.EqualTo(System.Net.HttpStatusCode.OK), "phones report as before");
    }

    [Test]
    public void AFolderThatIsNotEmptyIsLeftAlone()
    {
        using var folder = new TemporaryFolder();
        var backup = Path.Combine(folder.Path, "backup");
        Directory.CreateDirectory(backup);
        new BackupNote(BackupNote.CurrentFormat, DateTimeOffset.UnixEpoch, "18.4", IsDump: false, "0-0").Write(backup);
        Assert.That(
            async () => await new RestoreRun(backup, folder.Path, backends: null, _ => { }).RunAsync(CancellationToken.None),
            Throws.TypeOf<BackupException>().With.Message.Contains("not empty"));
    }

    internal static Ledger CopyOf(Ledger ledger)
    {
        var copy = new Ledger(ledger.Workers);
        for (var i = 0; i < ledger.Workers.Count; i++)
        {
            foreach (var fix in ledger.Of(i))
            {
                copy.Taken(i, fix.FixTimeMs);
                copy.Keep(i, fix);
            }
        }

        return copy;
    }
}

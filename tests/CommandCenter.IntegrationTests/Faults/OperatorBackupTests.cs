using System.Globalization;
using CommandCenter.Backup;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Load;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Phones;
using CommandCenter.Storage;
using CommandCenter.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>The same for a center on a PostgreSQL and a Redis of its operator, which are dumped. Needs a PostgreSQL of the machine's, since the build's has no pg_dump.</summary>
public sealed class OperatorBackupTests
{
    private const int Phones = 5;

    private static readonly string[] Slow = ["--demo", "--TrackWriter:FlushSeconds=3", "--LivePicture:CheckpointSeconds=1", "--PositionLog:TrimSeconds=1"];

    private readonly List<IDisposable> _folders = [];
    private readonly List<EmbeddedBackends> _backends = [];

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var backends in _backends)
        {
            await backends.DisposeAsync();
        }

        _folders.AsEnumerable().Reverse().ToList().ForEach(folder => folder.Dispose());
    }

    [Test]
    public async Task ARestoredCenterHasAllThatWasAnsweredBeforeItsDumpAndAUsedDatabaseIsLeftAlone()
    {
        var (center, elsewhere) = (await StartAsync(), await StartAsync());
        using var folder = new TemporaryFolder();
        using var place = new TemporaryFolder();
        var backup = Path.Combine(place.Path, "backup");
        var restored = Path.Combine(place.Path, "restored");
        Ledger before;
        await using (var server = await ServerProcess.StartAsync(folder.Path, Environment(center), Slow))
        {
            var ledger = new Ledger(await CenterPeople.CallUpAsync(folder.Path, center.Postgres, Phones, CancellationToken.None));
            using var http = PhoneLine.Open(server.Url);
            using var taking = new CancellationTokenSource();
            using var ending = new CancellationTokenSource();
            var pace = TimeSpan.FromMilliseconds(50);
            var phones = Enumerable.Range(0, Phones).Select(i => new PhoneLoad(ledger, http, i, PhoneProtocol.TraccarNested, pace, pace).RunAsync(taking.Token, ending.Token)).ToArray();
            await Eventually.TrueAsync(() => ledger.Answered > 50 * Phones, "some are stored, some wait in the log", TimeSpan.FromSeconds(60));
            before = BackupTests.CopyOf(ledger);
            await new TakeRun(folder.Path, backup, center, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);
            await Eventually.TrueAsync(() => ledger.Answered > before.Answered + Phones, "phones were answered all the while", TimeSpan.FromSeconds(30));
            await taking.CancelAsync();
            await Task.WhenAll(phones);
        }

        await new RestoreRun(backup, restored, elsewhere, TestContext.Progress.WriteLine).RunAsync(CancellationToken.None);
        var second = Path.Combine(place.Path, "second");
        Assert.That(
            async () => await new RestoreRun(backup, second, elsewhere, _ => { }).RunAsync(CancellationToken.None),
            Throws.TypeOf<BackupException>().With.Message.Contains("holds a center already"));
        Assert.That(Directory.Exists(second), Is.False, "nothing is written before it is sure");

        await using var again = await ServerProcess.StartAsync(restored, Environment(elsewhere), "--demo", "--TrackWriter:FlushSeconds=0.5");
        await Eventually.TrueAsync(
            async () => (await StoredCheck.RunAsync(elsewhere.Postgres, before, CancellationToken.None)).Lost == 0, "all of it is stored", TimeSpan.FromSeconds(30));
        var stored = await StoredCheck.RunAsync(elsewhere.Postgres, before, CancellationToken.None);
        Assert.That(stored.IsWhole, Is.True, stored.ToString());
        Assert.That(await (await DemoCenter.OfAsync(again)).SignInAsync("dispatcher"), Is.Not.Empty, "people sign in as before");
    }

    [TestCase(SslMode.VerifyFull, "verify-full")]
    [TestCase(SslMode.VerifyCA, "verify-ca")]
    [TestCase(SslMode.Prefer, "prefer")]
    public void ADumpTravelsWithTheCareOfTheConnectionString(SslMode mode, string name) => Assert.That(PostgresDump.NameOf(mode), Is.EqualTo(name));

    private static Dictionary<string, string> Environment(BackendAddresses backends) => new()
    {
        ["ConnectionStrings__Postgres"] = backends.Postgres,
        ["ConnectionStrings__Redis"] = backends.Redis,
    };

    private async Task<BackendAddresses> StartAsync()
    {
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var program = installed.Where(version => File.Exists(Path.Combine(version, "bin", "initdb")) && File.Exists(Path.Combine(version, "bin", "pg_dump")))
            .MaxBy(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture));
        Assume.That(program, Is.Not.Null, "there is no PostgreSQL with pg_dump on this machine (apt-get install postgresql)");
        var temporary = new TemporaryFolder();
        var folder = DataFolder.Open(temporary.Path, demo: false, demoByDefault: false);
        _folders.AddRange([temporary, folder]);
        var backends = await EmbeddedBackends.StartAsync(
            folder, withPostgres: true, withRedis: true, new StorageOptions { PostgresBinaries = program }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        _backends.Add(backends);
        return new BackendAddresses(backends.Postgres!, backends.Redis!);
    }
}

using System.Diagnostics;
using CommandCenter.Chaos.Center;
using CommandCenter.Chaos.Check;
using CommandCenter.Chaos.Load;
using CommandCenter.Chaos.Walls;
using CommandCenter.IntegrationTests.Harness;
using CommandCenter.Phones;

namespace CommandCenter.IntegrationTests.Faults;

/// <summary>Two real servers behind one Redis and one PostgreSQL, walls and phones spread over both.</summary>
public sealed class TwoServersTests
{
    private const int Phones = 14;

    private static readonly string[] Quick = ["--demo", "--TrackWriter:FlushSeconds=0.5", "--TrackWriter:LeaseSeconds=2", "--LivePicture:CheckpointSeconds=1"];

    [Test]
    public async Task WhenOneDiesItsWallsAndPhonesGoOnAtTheOtherAndNothingIsLost()
    {
        await using var backends = await Backends.FreshAsync(withSchema: false);
        using var folder = new TemporaryFolder();
        using var otherFolder = new TemporaryFolder();
        await using var first = await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), Quick);
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(folder.Path, file), Path.Combine(otherFolder.Path, file));
        }

        await using var second = await ServerProcess.StartAsync(otherFolder.Path, ServerProcess.Environment(backends), Quick);
        Uri[] servers = [first.Url, second.Url];
        var token = await (await DemoCenter.OfAsync(first)).SignInAsync("dispatcher");
        var ledger = new Ledger(await CenterPeople.CallUpAsync(folder.Path, backends.Postgres, Phones, CancellationToken.None));
        using var taking = new CancellationTokenSource();
        using var ending = new CancellationTokenSource();
        var walls = Enumerable.Range(0, 4).Select(i => new WatchingWall([servers[i % 2], servers[1 - (i % 2)]], token, CenterPeople.District, ledger)).ToList();
        var eyes = walls.Select(wall => wall.RunAsync(ending.Token)).ToArray();
        using var line = new SocketsHttpHandler { UseCookies = false };
        var phones = Enumerable.Range(0, Phones).Select(i => ReportAsync(ledger, line, servers, i, taking.Token, ending.Token)).ToArray();

        await Eventually.TrueAsync(() => ledger.Answered > 10 * Phones && walls.All(wall => wall.IsConnected), "both are in use");
        Assert.That(walls.Select(wall => wall.Address).Distinct().Count(), Is.EqualTo(2), "walls on both");
        await first.KillAsync();
        var died = Stopwatch.StartNew();
        var answered = ledger.Answered;
        await Eventually.TrueAsync(() => walls.All(wall => wall.IsConnected && wall.Address == second.Url), "the walls have moved");
        TestContext.Out.WriteLine($"walls moved within {died.Elapsed.TotalSeconds:0.00} s");
        await Eventually.TrueAsync(() => ledger.Answered > answered + (10 * Phones), "all phones go on");

        await taking.CancelAsync();
        await Task.WhenAll(phones);
        var shown = await ShownCheck.RunAsync(walls, ledger, TimeSpan.FromSeconds(20), CancellationToken.None);
        Assert.That(shown.Elsewhere, Is.Zero, "every wall shows every worker's newest answered fix");
        await Eventually.TrueAsync(
            async () => (await StoredCheck.RunAsync(backends.Postgres, ledger, CancellationToken.None)).Lost == 0, "every answered fix is stored", TimeSpan.FromSeconds(60));
        var stored = await StoredCheck.RunAsync(backends.Postgres, ledger, CancellationToken.None);
        Assert.That(stored.IsWhole, Is.True, stored.ToString());
        Assert.That(walls.Sum(wall => wall.Lies), Is.Zero);
        await ending.CancelAsync();
        await Task.WhenAll(eyes);
    }

    private static async Task ReportAsync(Ledger ledger, HttpMessageHandler line, Uri[] servers, int worker, CancellationToken taking, CancellationToken ending)
    {
        using var http = new HttpClient(new EitherServer(line, servers, worker), disposeHandler: false) { BaseAddress = servers[0] };
        var pace = TimeSpan.FromMilliseconds(100);
        await new PhoneLoad(ledger, http, worker, PhoneProtocol.TraccarNested, pace, pace).RunAsync(taking, ending);
    }
}

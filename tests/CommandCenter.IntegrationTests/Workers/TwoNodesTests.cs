using System.Net;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Workers;

/// <summary>A change is seen at once on the node that made it and within about a second on the other.</summary>
public sealed class TwoNodesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private DemoServer _demo = null!;
    private ServerProcess _other = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _demo = await DemoServer.StartAsync();

        // Its own data folder with the same files, as if the two nodes' operator had copied them: nothing is issued anew.
        var folder = Directory.CreateDirectory(Path.Combine(_demo.Folder, "other")).FullName;
        foreach (var file in new[] { "demo.json", "simulator.json" })
        {
            File.Copy(Path.Combine(_demo.Folder, file), Path.Combine(folder, file));
        }

        _other = await _demo.LaunchAsync(folder);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _other.DisposeAsync();
        await _demo.DisposeAsync();
    }

    [Test]
    public async Task TakesTheOtherNodesToken() =>
        Assert.That((await _demo.CallAsync("wall", "GET", "/api/session", on: _other)).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task SeesANewAreaAndANewWorkerInIt()
    {
        var (status, _) = await _demo.CallAsync("administrator", "POST", "/api/areas", new { code = "140106001900", name = "新社区", kind = "community", parent = "140106001" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await _demo.CallAsync("wall", "GET", "/api/areas/140106001900")).Status, Is.EqualTo(HttpStatusCode.OK));
        (status, _) = await _demo.CallAsync("administrator", "POST", "/api/workers", new { code = "NEW1", name = "新人", role = "gridWorker", area = "140106001900" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await _demo.CallAsync("wall", "GET", "/api/workers/new1")).Status, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.TrueAsync(
            async () => (await _demo.CallAsync("wall", "GET", "/api/workers?area=140106001900", on: _other)) is (HttpStatusCode.OK, var page) && page.GetProperty("items").GetArrayLength() == 1,
            "the other node knows both",
            Soon);
    }

    [Test]
    public async Task SeesDutyChange()
    {
        var worker = _demo.Secrets.Simulated[5].Worker;
        async Task<bool> IsOnDuty(ServerProcess? on) => (await _demo.CallAsync("dispatcher", "GET", $"/api/workers/{worker}", on: on)).Body.GetProperty("onDuty").GetBoolean();
        foreach (var onDuty in new[] { false, true })
        {
            var (status, body) = await _demo.CallAsync("dispatcher", "POST", $"/api/workers/{worker}/duty", new { onDuty });
            Assert.That((status, body.GetProperty("onDuty").GetBoolean()), Is.EqualTo((HttpStatusCode.OK, onDuty)));
            Assert.That(await IsOnDuty(null), Is.EqualTo(onDuty));
            await Eventually.TrueAsync(async () => await IsOnDuty(_other) == onDuty, $"the other node sees duty {onDuty}", Soon);
        }
    }

    [Test]
    public async Task EndsTheSessionsOfADisabledAccountOnBoth()
    {
        var account = new { user = "emil", password = "a long password", role = "dispatcher", area = "140106" };
        var (_, made) = await _demo.CallAsync("administrator", "POST", "/api/accounts", account);
        _demo.Remember("emil", await DemoServer.SignInAsync(_other.Http, "emil", "a long password"));
        Assert.That((await _demo.CallAsync("emil", "GET", "/api/session", on: _other)).Status, Is.EqualTo(HttpStatusCode.OK));
        var (status, _) = await _demo.CallAsync("administrator", "POST", $"/api/accounts/{made.GetProperty("id").GetInt32()}/disable");
        Assert.That(status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _demo.CallAsync("emil", "GET", "/api/session")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        await Eventually.TrueAsync(
            async () => (await _demo.CallAsync("emil", "GET", "/api/session", on: _other)).Status == HttpStatusCode.Unauthorized, "signed out on the other node", Soon);
    }

    [Test]
    public async Task KeepsItsSecretsWhenStartedAgain()
    {
        var before = await File.ReadAllTextAsync(Path.Combine(_demo.Folder, "simulator.json"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_demo.Folder, "other", "simulator.json")), Is.EqualTo(before));
        Assert.That((await _demo.CallAsync("administrator", "GET", "/api/workers?limit=5000")).Body.GetProperty("items").GetArrayLength(), Is.InRange(150, 180));
    }
}

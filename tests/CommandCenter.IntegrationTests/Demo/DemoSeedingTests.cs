using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CommandCenter.Demo;
using CommandCenter.IntegrationTests.Access;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Demo;

/// <summary>The whole district on a real server, once.</summary>
[Parallelizable]
public sealed class DemoSeedingTests
{
    [Test]
    public async Task SeedsTheWholeDistrictOnceAndKeepsItOverARestart()
    {
        await using var backends = await Backends.FreshAsync();
        using var folder = new TemporaryFolder();
        string[] arguments = ["--demo", "--Demo:Size=district", "--Access:PasswordIterations=10000"];
        var basemap = Path.Combine(folder.Path, "basemaps", "demo.pmtiles");
        string simulator;
        DateTime drawn;
        await using (var first = await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), arguments))
        {
            var secrets = DemoSecrets.Read(folder.Path)!;
            var token = await DemoServer.SignInAsync(first.Http, "administrator", secrets.Accounts.Single(account => account.User == "administrator").Password);
            var areas = await AllAsync(first, token, "/api/areas?limit=5000");
            Assert.That(
                areas.CountBy(area => area.GetProperty("kind").GetString()!).ToDictionary(),
                Is.EquivalentTo(new Dictionary<string, int> { ["district"] = 1, ["subdistrict"] = 7, ["community"] = 112, ["grid"] = 1_198, ["microgrid"] = 2_558 }));
            Assert.That(areas.Count(area => area.GetProperty("gridType").ValueEquals("exclusive")), Is.EqualTo(345));
            Assert.That(areas.All(area => area.GetProperty("center").GetArrayLength() == 2));
            var workers = await AllAsync(first, token, "/api/workers?limit=5000");
            Assert.That(
                workers.CountBy(worker => worker.GetProperty("role").GetString()!).ToDictionary(),
                Is.EquivalentTo(new Dictionary<string, int> { ["gridLeader"] = 112, ["gridWorker"] = 853, ["auxiliary"] = 2_640, ["reserve"] = 7_247 }));

            // The daily staff, and the three reserves whose phones visitors may be.
            Assert.That(workers.Count(worker => worker.GetProperty("onDuty").GetBoolean()), Is.EqualTo(3_605 + 3));
            Assert.That(secrets.Simulated, Has.Count.EqualTo(3_605));
            await DemoServer.SignInAsync(first.Http, secrets.Desk!.User, secrets.Desk.Password);
            Assert.That(await GapsAsync(first, token, secrets.Simulated[0].Worker), Is.Empty, "nobody is silent since before the demo began");
            Assert.That(File.Exists(basemap));
            (simulator, drawn) = (await File.ReadAllTextAsync(Path.Combine(folder.Path, "simulator.json")), File.GetLastWriteTimeUtc(basemap));
        }

        // Another size asked for later changes nothing: the database decides.
        await using var second = await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), "--demo", "--Demo:Size=small");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Path, "simulator.json")), Is.EqualTo(simulator));
        Assert.That(File.GetLastWriteTimeUtc(basemap), Is.EqualTo(drawn));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Path, "demo.json")), Does.Contain(second.Url.ToString().TrimEnd('/')));
    }

    [Test]
    public async Task DrawsTheBasemapAnewWhenItIsLostOrDamaged()
    {
        await using var backends = await Backends.FreshAsync();
        using var folder = new TemporaryFolder();
        var basemap = DemoBasemap.PathIn(folder.Path);
        await using (await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), "--demo"))
        {
            Assert.That(DemoBasemap.FingerprintOf(basemap), Does.StartWith("Small-"));
        }

        await File.WriteAllTextAsync(basemap, "not a map");
        await using var again = await ServerProcess.StartAsync(folder.Path, ServerProcess.Environment(backends), "--demo");
        Assert.That(DemoBasemap.FingerprintOf(basemap), Does.StartWith("Small-"));
    }

    [Test]
    public async Task RefusesASizeThatItDoesNotKnow()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(null, ["--demo", "--Demo:Size=huge", .. await BackendsArgumentsAsync()]);
        Assert.That(exitCode, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("Demo:Size must be district or small"));
    }

    private static async Task<string[]> BackendsArgumentsAsync()
    {
        var backends = await Backends.FreshAsync();
        return [$"--ConnectionStrings:Postgres={backends.Postgres}", $"--ConnectionStrings:Redis={backends.RedisAddress}"];
    }

    private static async Task<List<JsonElement>> GapsAsync(ServerProcess server, string token, string worker)
    {
        // Longer than today, which may be some minutes old.
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-24).ToString("O"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/workers/{worker}/track?from={from}&reason=a%20test");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        return [.. (await answer.ReadJsonAsync()).GetProperty("gaps").EnumerateArray()];
    }

    private static async Task<List<JsonElement>> AllAsync(ServerProcess server, string token, string path)
    {
        var all = new List<JsonElement>();
        for (string? next = ""; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path + (next.Length == 0 ? "" : $"&cursor={next}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await server.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            var page = await answer.ReadJsonAsync();
            all.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        return all;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CommandCenter.IntegrationTests.Harness;

namespace CommandCenter.IntegrationTests.Access;

public sealed partial class SetupTests
{
    [Test]
    public async Task MakesTheFirstAdministratorOnceByThePrintedLink()
    {
        await using var backends = await Backends.FreshAsync();
        await using var server = await ServerProcess.StartAsync(backends, "--no-demo", "--Access:PasswordIterations=10000");
        string? token = null;
        await Eventually.TrueAsync(() => (token = Link().Match(server.Output).Groups[1].Value).Length > 0, "the link is printed");
        object Body(string with) => new { token = with, user = "root", password = "a long password", areaCode = "140106", areaName = "迎泽区" };
        Assert.That((await server.Http.PostAsJsonAsync("/api/setup", Body("wrong"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var made = await server.Http.PostAsJsonAsync("/api/setup", Body(token!));
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var session = await made.ReadJsonAsync();
        Assert.That((session.GetProperty("role").GetString(), session.GetProperty("area").GetString()), Is.EqualTo(("administrator", "140106")));
        Assert.That((await server.Http.PostAsJsonAsync("/api/setup", Body(token!))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await DemoServer.SignInAsync(server.Http, "root", "a long password");
    }

    [Test]
    public async Task RefusesADemosDatabaseWithoutDemoMode()
    {
        await using var demo = await DemoServer.StartAsync();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(
            null,
            "--no-demo",
            $"--ConnectionStrings:Postgres={demo.Backends.Postgres}",
            $"--ConnectionStrings:Redis={demo.Backends.RedisAddress}");
        Assert.That((exitCode, output), Is.EqualTo((7, output)));
        Assert.That(output, Does.Contain("The database holds demo data"));
    }

    [Test]
    public async Task IssuesNewSecretsWhenAFileIsLost()
    {
        await using var demo = await DemoServer.StartAsync();
        await demo.Server.StopAsync();
        File.Delete(Path.Combine(demo.Folder, "simulator.json"));
        await using var again = await demo.LaunchAsync(demo.Folder);
        var secrets = CommandCenter.Demo.DemoSecrets.Read(demo.Folder)!;
        Assert.That(secrets.Accounts[0].Password, Is.Not.EqualTo(demo.Secrets.Accounts[0].Password));
        await DemoServer.SignInAsync(again.Http, secrets.Accounts[0].User, secrets.Accounts[0].Password);
        using var old = await again.Http.PostAsJsonAsync("/api/session", new { user = demo.Secrets.Accounts[0].User, password = demo.Secrets.Accounts[0].Password });
        Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [GeneratedRegex("/setup#([A-Za-z0-9_-]{20,})")]
    private static partial Regex Link();
}

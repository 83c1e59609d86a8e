using System.Net;

namespace CommandCenter.IntegrationTests.Access;

/// <summary>Pairing across the end of a server, and its bound.</summary>
public sealed class KioskRestartTests
{
    [Test]
    public async Task SurvivesKillRightAfterPairingAndThenTurnsAwayAnAddressThatAsksTooOften()
    {
        await using var demo = await DemoServer.StartAsync();
        using var waiting = await KioskDisplay.ShowCodeAsync(demo.Server);
        using var display = await KioskDisplay.ShowCodeAsync(demo.Server);
        var (status, _) = await demo.CallAsync("administrator", "POST", "/api/kiosks", new { code = display.Code, name = "wall", area = "140106" });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        await demo.Server.KillAsync();

        await using var again = await demo.LaunchAsync(demo.Folder);
        Assert.That((await display.LookAsync(again)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await display.GetAsync("/api/kiosks/self", again)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await waiting.LookAsync(again)).Status, Is.EqualTo(HttpStatusCode.Accepted), "a code that is shown stays good");

        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 25; n++)
        {
            using var answer = await again.Http.PostAsync("/api/kiosks/pairings", null);
            answers.Add(answer.StatusCode);
            Assert.That(answer.StatusCode == HttpStatusCode.TooManyRequests, Is.EqualTo(answer.Headers.RetryAfter is not null));
        }

        Assert.That(answers, Does.Contain(HttpStatusCode.TooManyRequests).And.Contain(HttpStatusCode.Created));
        using var ready = await again.Http.GetAsync("/healthz/ready");
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
